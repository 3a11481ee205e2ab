import { copyNumber } from './json-number.ts';
import { copyString } from './json-string.ts';
import { Rewriting } from './rewriting.ts';

// digiRunner signs what Jackson's token copy makes of a body: a JsonParser over its text, every event copied into a
// JsonGenerator (copyCurrentEvent), both with their defaults. This is that copy of jackson-core 2.19 on JDK 19 or later.
// Its limits are those of StreamReadConstraints; beyond them Jackson throws, which makes a body "not JSON".
const maxDepth = 1000;
const maxName = 50_000;
const maxString = 20_000_000;

const [comma, colon, quote, openArray, closeArray, openObject, closeObject] = [
  0x2c, 0x3a, 0x22, 0x5b, 0x5d, 0x7b, 0x7d,
];
const literals = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), new TextEncoder().encode(word)]),
);

/** What may come next. */
type Expected = 'root value' | 'item or end' | 'value' | 'name or end' | 'name' | 'colon' | 'comma or end';

/**
 * The bytes that a DGRK signature covers of a body. JSON comes out token by token: without white space, escapes no
 * longer than needed, doubles as Java writes them, several root values with a space between. What is not JSON is signed as
 * it stands; so is JSON that is not UTF-8, since no two bodies should share a signature that no client ever made.
 *
 * One pass over the bytes with a stack of its own: neither depth nor length can overflow anything, and time is linear.
 */
export function canonicalBody(body: Uint8Array | string): Uint8Array {
  const input = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const output = new Rewriting(input);
  return copyTokens(input, output) ? output.end() : input;
}

/** Whether all of it was JSON. */
function copyTokens(input: Uint8Array, output: Rewriting): boolean {
  /** What closes each open array or object. */
  const closers = new Uint8Array(maxDepth);
  let depth = 0;
  let expected: Expected = 'root value';
  for (let at = 0, roots = 0; ; ) {
    const gap = at;
    at = afterSpace(input, at);
    const byte = input[at];
    const separator = expected === 'root value' && byte !== undefined && roots++ > 0 ? ' ' : '';
    if (at > gap || separator) output.replace(gap, at, separator);
    if (byte === undefined) return expected === 'root value';

    if (expected === 'colon') {
      if (byte !== colon) return false;
      at++;
      expected = 'value';
      continue;
    }
    if (expected === 'comma or end' && byte === comma) {
      at++;
      expected = closers[depth - 1] === closeObject ? 'name' : 'value';
      continue;
    }
    if ((expected === 'name or end' || expected === 'name') && byte === quote) {
      at = copyString(input, at, output, maxName);
      if (at === -1) return false;
      expected = 'colon';
      continue;
    }
    const isOptional =
      expected === 'comma or end' || expected === 'item or end' || expected === 'name or end';
    if (isOptional && byte === closers[depth - 1]) {
      at++;
      depth--;
    } else if (expected === 'comma or end' || expected === 'name or end' || expected === 'name') {
      return false;
    } else if (byte === openArray || byte === openObject) {
      if (depth === maxDepth) return false;
      closers[depth++] = byte === openArray ? closeArray : closeObject;
      expected = byte === openArray ? 'item or end' : 'name or end';
      at++;
      continue;
    } else {
      at = copyScalar(input, at, output, expected === 'root value');
      if (at === -1) return false;
    }
    expected = depth === 0 ? 'root value' : 'comma or end';
  }
}

function copyScalar(input: Uint8Array, at: number, output: Rewriting, isRoot: boolean): number {
  const byte = input[at] as number;
  if (byte === quote) return copyString(input, at, output, maxString);
  const literal = literals.get(byte);
  if (!literal) {
    const end = copyNumber(input, at, output);
    // Of root values only numbers need white space after them: "a""b" is two, 1"a" is none.
    return isRoot && end !== -1 && end < input.length && !isSpace(input[end]) ? -1 : end;
  }
  for (let letter = 1; letter < literal.length; letter++) {
    if (input[at + letter] !== literal[letter]) return -1;
  }
  const end = at + literal.length;
  return isWordPart(input[end] ?? 0) ? -1 : end;
}

/** After a literal: what would make it a longer word. Other letters are no token, so they are refused in any case. */
function isWordPart(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function afterSpace(input: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(input[at])) at++;
  return at;
}
