import type { Rewriting } from './rewriting.ts';

const [quote, backslash, letterU] = [0x22, 0x5c, 0x75];

/** 1 for the bytes that are a character of their own and need no escape: most of every text, so looked up, not compared. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== quote && byte !== backslash ? 1 : 0,
);
/** What is written in an escape of two characters, by code. */
const short: Readonly<Record<number, string>> = {
  8: '\\b',
  9: '\\t',
  10: '\\n',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};
/** The characters after a backslash that Jackson writes as it reads them: " \ b f n r t. */
const kept = new Set([quote, backslash, 0x62, 0x66, 0x6e, 0x72, 0x74]);

/**
 * Where the plain bytes from `at` on end. Four at a time: a byte of a word is zero, or below a limit, where subtracting one from
 * it borrows from its highest bit (H. S. Warren, Hacker's Delight, 6-1). A borrow may also reach the byte after a found one, so
 * the last few are looked at one by one.
 * @param words the same bytes
 */
export function afterPlain(input: Uint8Array, words: DataView, start: number): number {
  const { length } = input;
  const isPlain = plain;
  let at = start;
  for (const last = length - 4; at <= last; at += 4) {
    const word = words.getInt32(at, true);
    const quotes = word ^ 0x22222222;
    const backslashes = word ^ 0x5c5c5c5c;
    const controls = word - 0x20202020;
    if (((quotes - 0x01010101) | (backslashes - 0x01010101) | controls | word) & 0x80808080) break;
  }
  while (at < length && isPlain[input[at] as number] === 1) at++;
  return at;
}

/**
 * Copies the string that begins with the quote at `start`, with no more escapes than JSON needs.
 * @param limit how many UTF-16 units, escapes resolved, Jackson reads in such a string
 * @returns the index after its closing quote; -1 if it is none, or one that Jackson does not read
 */
export function copyString(input: Uint8Array, start: number, output: Rewriting, limit: number): number {
  const { length } = input;
  let units = 0;
  for (let at = start + 1; at < length; ) {
    const run = at;
    while (at < length && plain[input[at] as number] === 1) at++;
    units += at - run;
    const byte = at < length ? (input[at] as number) : 0;
    if (byte === quote) return units > limit ? -1 : at + 1;
    units++;
    if (byte === backslash) {
      const after = copyEscape(input, at, output);
      if (after === -1) return -1;
      // Twelve characters are a pair of surrogates.
      if (after - at === 12) units++;
      at = after;
    } else {
      // Control characters are not let in unescaped; nor is the end.
      const length = byte < 0x80 ? 0 : utf8Length(input, at);
      if (length === 0) return -1;
      if (length === 4) units++;
      at += length;
    }
  }
  return -1;
}

/** Copies the escape at `at`, with the one after it if both together are one character. */
function copyEscape(input: Uint8Array, at: number, output: Rewriting): number {
  const letter = input[at + 1];
  if (letter === undefined) return -1;
  if (kept.has(letter)) return at + 2;
  if (letter === 0x2f) {
    output.replace(at, at + 2, '/');
    return at + 2;
  }
  const code = escapedUnit(input, at);
  if (code === -1) return -1;
  if (code < 0x20 || code === quote || code === backslash) {
    const hex = code.toString(16).toUpperCase().padStart(4, '0');
    output.replace(at, at + 6, short[code] ?? `\\u${hex}`);
    return at + 6;
  }
  if (code >= 0xd800 && code <= 0xdbff) {
    const next = escapedUnit(input, at + 6);
    if (next >= 0xdc00 && next <= 0xdfff) {
      output.replace(at, at + 12, String.fromCharCode(code, next));
      return at + 12;
    }
  }
  // Jackson keeps half a character; it becomes a question mark when Java turns its text into the bytes that are signed.
  const alone = code >= 0xd800 && code <= 0xdfff;
  output.replace(at, at + 6, alone ? '?' : String.fromCharCode(code));
  return at + 6;
}

/** The UTF-16 unit of the escape of six characters that begins at `at`; -1 if there is none. */
function escapedUnit(input: Uint8Array, at: number): number {
  if (input[at] !== backslash || input[at + 1] !== letterU) return -1;
  let code = 0;
  for (let digit = at + 2; digit < at + 6; digit++) {
    const value = Number.parseInt(String.fromCharCode(input[digit] ?? 0), 16);
    if (Number.isNaN(value)) return -1;
    code = code * 16 + value;
  }
  return code;
}

/** How many bytes the non-ASCII character at `at` has; 0 if it is not well formed (RFC 3629, section 4). */
function utf8Length(input: Uint8Array, at: number): number {
  const lead = input[at] as number;
  const second = input[at + 1] ?? 0;
  const continues = (offset: number) => ((input[at + offset] ?? 0) & 0xc0) === 0x80;
  if (!continues(1)) return 0;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  // Neither overlong forms, nor surrogates, nor what is beyond U+10FFFF.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest || !continues(2)) return 0;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 && continues(3) ? 4 : 0;
}
