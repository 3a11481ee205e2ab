import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationInWords, parseDuration } from '../../src/domain/durations.ts';
import { isQuota, quotaInWords } from '../../src/domain/quota.ts';
import { isOneLine, isParagraph, lengthOf } from '../../src/domain/text.ts';

/** Everything that could break a header or a log line, or make text read as what it is not. */
const forbidden = [
  ...Array.from({ length: 0x20 }, (_, code) => code).filter((code) => ![0x09, 0x0a, 0x0d].includes(code)),
  ...Array.from({ length: 0x21 }, (_, at) => 0x7f + at),
  0x2028,
  0x2029,
  0x202a,
  0x202b,
  0x202c,
  0x202d,
  0x202e,
  0x2066,
  0x2067,
  0x2068,
  0x2069,
  0xfeff,
  0xd800,
  0xdfff,
].map((code) => String.fromCharCode(code));

test('no control, no override of direction, no separator and no half character is text, wherever it stands', () => {
  const around = fc.string({ unit: fc.constantFrom('a', '語', '👍', ' ') });
  fc.assert(
    fc.property(around, fc.constantFrom(...forbidden), around, (before, mark, after) => {
      expect([isOneLine(before + mark + after), isParagraph(before + mark + after)]).toEqual([false, false]);
    }),
  );
});

test('line breaks and tabs are for paragraphs; a line needs more than space', () => {
  for (const mark of ['\n', '\r', '\t']) {
    expect([isOneLine(`a${mark}b`), isParagraph(`a${mark}b`)]).toEqual([false, true]);
  }
  for (const blank of ['', ' ', '\u3000\u00a0'])
    expect([isOneLine(blank), isParagraph(blank)]).toEqual([false, true]);
});

test.each(['Ada', 'Łódź', '株式会社', 'مرحبا', '👩‍👩‍👧', "O'Neil <ada@example.com>", '100% "quoted"'])(
  '%s is a line of text',
  (text) => {
    expect([isOneLine(text), isParagraph(text)]).toEqual([true, true]);
  },
);

test('a long line is judged in no time', () => {
  const start = performance.now();
  for (const text of [' '.repeat(60_000), `${' '.repeat(60_000)}\u0000`, 'a\n'.repeat(30_000)]) {
    isOneLine(text);
    isParagraph(text);
  }
  expect(performance.now() - start).toBeLessThan(1000);
});

test('lengths count characters, so that an emoji is one', () => {
  expect(['', 'abc', '語', '👍', 'e\u0301'].map(lengthOf)).toEqual([0, 3, 1, 1, 2]);
});

test.each([
  [-1, true, 'unlimited'],
  [1, true, '1 call'],
  [1000, true, '1,000 calls'],
  [2_147_483_647, true, '2,147,483,647 calls'],
  [0, false, undefined],
  [-2, false, undefined],
  [1.5, false, undefined],
  [2_147_483_648, false, undefined],
  [Number.NaN, false, undefined],
  [Number.POSITIVE_INFINITY, false, undefined],
])('the quota %d: %s', (quota, allowed, words) => {
  expect(isQuota(quota)).toBe(allowed);
  if (words !== undefined) expect(quotaInWords(quota)).toBe(words);
});

test.each([
  ['10m', 600_000, '10 minutes'],
  ['90s', 90_000, '90 seconds'],
  ['1h', 3_600_000, '1 hour'],
  ['60m', 3_600_000, '1 hour'],
  ['2d', 172_800_000, '2 days'],
  ['1500ms', 1500, '1500 ms'],
  ['0s', 0, '0 ms'],
])('the duration %s is %d ms, in words %s', (text, milliseconds, words) => {
  expect(parseDuration(text)).toBe(milliseconds);
  expect(durationInWords(milliseconds)).toBe(words);
});

test.each(['', '10', 'm', '-1m', '1.5h', '1 m', '10min', '1e3s', '9999999999s', '1m30s'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);
