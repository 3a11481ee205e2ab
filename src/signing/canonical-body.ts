import { copyNumber } from './json-number.ts';
import { afterPlain, copyString } from './json-string.ts';
import { Rewriting } from './rewriting.ts';

// digiRunner signs what Jackson's token copy makes of a body: a JsonParser over its text, every event copied into a
// JsonGenerator (copyCurrentEvent), both with their defaults. This is that copy of jackson-core 2.19 on JDK 19 or later.
// Its limits are those of StreamReadConstraints; beyond them Jackson throws, which makes a body "not JSON".
const maxDepth = 1000;
const maxName = 50_000;
const maxString = 20_000_000;

const [zero, comma, colon, quote, openArray, closeArray, openObject, closeObject] = [
  0x30, 0x2c, 0x3a, 0x22, 0x5b, 0x5d, 0x7b, 0x7d,
];
const literals = ['true', 'false', 'null'].map((word) => new TextEncoder().encode(word));
/** The literal that begins with a byte. */
const literalOf = Array.from({ length: 256 }, (_, byte) => literals.find(([first]) => first === byte));
const space = Uint8Array.from({ length: 256 }, (_, byte) =>
  [0x20, 0x0a, 0x0d, 0x09].includes(byte) ? 1 : 0,
);

const isDigit = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x30 && byte <= 0x39 ? 1 : 0));

// What may come next. Small numbers, not words: this is the innermost loop of every check of a call.
const [rootValue, value, itemOrEnd, nameOrEnd, name, colonNext, commaOrEnd] = [0, 1, 2, 3, 4, 5, 6];
const end = -1;

/** Whether each open container is an object. One stack for all, since a body is copied in one go. */
const stack = new Uint8Array(maxDepth + 1);

/**
 * The bytes that a DGRK signature covers of a body. JSON comes out token by token: without white space, escapes no
 * longer than needed, doubles as Java writes them, several root values with a space between. What is not JSON is signed as
 * it stands; so is JSON that is not UTF-8, since no two bodies should share a signature that no client ever made.
 *
 * One pass over the bytes with a stack of its own: neither depth nor length can overflow anything, and time is linear. A body
 * that is canonical already is answered with itself.
 */
export function canonicalBody(body: Uint8Array | string): Uint8Array {
  const input = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const output = new Rewriting(input);
  return copyTokens(input, output) ? output.end() : input;
}

/** Whether all of it was JSON. */
function copyTokens(input: Uint8Array, output: Rewriting): boolean {
  const { length } = input;
  const words = new DataView(input.buffer, input.byteOffset, length);
  const [isSpace, isDecimal] = [space, isDigit];
  const objects = stack;
  let depth = 0;
  let inObject = false;
  let expected = rootValue;
  let roots = 0;
  for (let at = 0; ; ) {
    let byte = at < length ? (input[at] as number) : end;
    if (byte <= 0x20) {
      const gap = at;
      while (at < length && isSpace[input[at] as number] === 1) at++;
      byte = at < length ? (input[at] as number) : end;
      if (expected === rootValue && roots > 0 && byte !== end) output.replace(gap, at, ' ');
      else if (at > gap) output.skip(gap, at);
      if (byte === end) return expected === rootValue;
    } else if (expected === rootValue && roots > 0) {
      output.replace(at, at, ' ');
    }

    switch (expected) {
      case name:
      case nameOrEnd:
        if (byte === quote) {
          const after = afterPlain(input, words, at + 1);
          // Most are plain; what else there is in it, or too much of it, is for a closer look.
          if (after < length && input[after] === quote && after - at <= maxName) at = after + 1;
          else at = copyString(input, at, output, maxName);
          if (at === end) return false;
          expected = colonNext;
          if (at < length && input[at] === colon) {
            at++;
            expected = value;
          }
          continue;
        }
        if (expected === name || byte !== closeObject) return false;
        at++;
        inObject = objects[--depth] === 1;
        break;
      case colonNext:
        if (byte !== colon) return false;
        at++;
        expected = value;
        continue;
      case commaOrEnd:
        if (byte === comma) {
          at++;
          expected = inObject ? name : value;
          continue;
        }
        if (byte !== (inObject ? closeObject : closeArray)) return false;
        at++;
        inObject = objects[--depth] === 1;
        break;
      default:
        if (expected === itemOrEnd && byte === closeArray) {
          at++;
          inObject = objects[--depth] === 1;
        } else if (byte === quote) {
          const after = afterPlain(input, words, at + 1);
          if (after < length && input[after] === quote && after - at <= maxString) at = after + 1;
          else at = copyString(input, at, output, maxString);
          if (at === end) return false;
        } else if (byte === openArray || byte === openObject) {
          if (depth === maxDepth) return false;
          if (depth === 0) roots++;
          inObject = byte === openObject;
          objects[++depth] = inObject ? 1 : 0;
          expected = inObject ? nameOrEnd : itemOrEnd;
          at++;
          continue;
        } else {
          // Whole numbers of a few digits inside of something: most numbers are.
          let after = at;
          if (byte !== zero && depth > 0) {
            while (after < length && after - at < 9 && isDecimal[input[after] as number] === 1) after++;
          }
          const next = after < length ? (input[after] as number) : end;
          if (after > at && (next === comma || next === closeObject || next === closeArray)) at = after;
          else at = copyWord(input, at, output, expected === rootValue);
          if (at === end) return false;
        }
        if (expected === rootValue) roots++;
    }
    // A value has ended.
    if (depth === 0) expected = rootValue;
    else if (at < length && input[at] === comma) {
      at++;
      expected = inObject ? name : value;
    } else expected = commaOrEnd;
  }
}

/** Copies a number, true, false or null. */
function copyWord(input: Uint8Array, at: number, output: Rewriting, isRoot: boolean): number {
  const literal = literalOf[input[at] as number];
  if (!literal) {
    const after = copyNumber(input, at, output);
    // Of root values only numbers need white space after them: "a""b" is two, 1"a" is none.
    return isRoot && after !== end && after < input.length && space[input[after] as number] === 0
      ? end
      : after;
  }
  for (let letter = 1; letter < literal.length; letter++) {
    if (input[at + letter] !== literal[letter]) return end;
  }
  const after = at + literal.length;
  return isWordPart(input[after] ?? 0) ? end : after;
}

/** After a literal: what would make it a longer word. Other letters are no token, so they are refused in any case. */
function isWordPart(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
}
