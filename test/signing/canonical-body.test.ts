import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalBody } from '../../src/signing/index.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const canonical = (body: string) => decoder.decode(canonicalBody(body));
const asItStands = (body: string) => expect(canonical(body)).toBe(body);

// Each of these was compared with jackson-core 2.19.2, among several hundred thousand random documents.
describe('doubles are written as JDK 19 writes them', () => {
  test.each([
    ['1e-3', '0.001'],
    ['0.00099', '9.9E-4'],
    ['1e6', '1000000.0'],
    ['9999999.5', '9999999.5'],
    ['1e7', '1.0E7'],
    ['123456789.125', '1.23456789125E8'],
    ['0.1e1', '1.0'],
    ['120.50', '120.5'],
    ['2e23', '2.0E23'],
    ['9007199254740993.0', '9.007199254740992E15'],
    // Java takes the nearest of two digits where JavaScript writes one: 5e-324, 1e-323.
    ['5e-324', '4.9E-324'],
    ['1e-323', '9.9E-324'],
    ['1e-400', '0.0'],
    ['-1e-400', '-0.0'],
    ['-0.0', '-0.0'],
    ['1e400', '"Infinity"'],
    ['-1e99999999999999999999', '"-Infinity"'],
  ])('%s is %s', (body, expected) => expect(canonical(body)).toBe(expected));

  test('any double means the same after as before', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const body = value.toExponential();
        expect(Number(canonical(body))).toBe(Number(body));
        expect(canonical(body)).toMatch(/^-?\d+\.\d+(?:E-?\d+)?$/);
      }),
    );
  });
});

test('whole numbers of any size keep their digits', () => {
  asItStands(`[${'9'.repeat(1000)},-${'1'.repeat(1000)}]`);
});

test('a pair of surrogates becomes its character, half of one a question mark', () => {
  expect(canonical(String.raw`"\ud83d\ude00"`)).toBe('"😀"');
  expect(canonical(String.raw`"\ud83d\ud83d\ude00\ude00"`)).toBe('"?😀?"');
  expect(canonical(String.raw`"\ud83dx\uDE00"`)).toBe('"?x?"');
});

test('root values need no space between but after numbers', () => {
  expect(canonical('{}[]"a"true"b"')).toBe('{} [] "a" true "b"');
  expect(canonical('1\n2\t[]')).toBe('1 2 []');
  expect(canonical('true-1')).toBe('true -1');
  asItStands('1"a"');
  asItStands('1,2');
  asItStands('true1');
});

test('only white space is no JSON value, and no body', () => {
  expect(canonical(' \r\n\t ')).toBe('');
});

test.each([
  ['[ 1, \u00a02 ]', 'a space that is not JSON’s'],
  ['\ufeff{ }', 'a byte order mark'],
  ['[ 1 2 ]', 'no comma'],
  ['{ "a" 1 }', 'no colon'],
  ['{ "a" : 1 , }', 'a comma too many'],
  ['{ , }', 'nothing but a comma'],
  ['[ 1 }', 'the wrong closer'],
  [' ] ', 'nothing to close'],
  ['[ 1 ] ]', 'nothing left to close'],
  ['{ 1 : 2 }', 'a name that is no text'],
  ['{ "a" : }', 'no value'],
  ['[ 1. ]', 'no fraction'],
  ['[ 1e+ ]', 'no exponent'],
  ['[ - ]', 'no digits'],
  ['[ 1 ] # c', 'a comment'],
])('%j is signed as it stands: %s', asItStands);

describe('what Jackson refuses to read is signed as it stands', () => {
  const nested = (depth: number) => `${'[ '.repeat(depth)}${']'.repeat(depth)}`;
  test.each([
    ['1000 levels', nested(1000), true],
    ['1001 levels', nested(1001), false],
    ['objects, 1001 levels', `${'{ "a":'.repeat(1001)}1${'}'.repeat(1001)}`, false],
    ['1000 digits', `[ ${'1'.repeat(1000)} ]`, true],
    ['1001 digits', `[ ${'1'.repeat(1001)} ]`, false],
    ['1001 digits of a double', `[ 1.${'1'.repeat(1000)} ]`, false],
    ['1001 digits after a zero, by a quirk', `[ 0.${'1'.repeat(1000)} ]`, true],
    ['1002 digits after a zero', `[ 0.${'1'.repeat(1001)} ]`, false],
    ['a name of 50,000 units', `{ "${'😀'.repeat(25_000)}" : 1 }`, true],
    ['a name of 50,001 units', `{ "${'a'.repeat(49_999)}\\ud83d\\ude00" : 1 }`, false],
    ['a text of 20,000,000 units', `[ "${'a'.repeat(20_000_000)}" ]`, true],
    ['a text of 20,000,001 units', `[ "${'a'.repeat(20_000_001)}" ]`, false],
  ])('%s', (_, body, isRead) => expect(canonical(body) === body).toBe(!isRead));
});

test.each([
  ['overlong', [0xc0, 0x80]],
  ['overlong, three bytes', [0xe0, 0x80, 0x80]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ['cut off', [0xe6, 0xb7]],
  ['Latin-1', [0xe9]],
  ['a stray continuation', [0x80]],
])('JSON that is not UTF-8 is signed as it stands: %s', (_, text) => {
  const bytes = Uint8Array.from([0x5b, 0x20, 0x22, ...text, 0x22, 0x5d]);
  expect(canonicalBody(bytes)).toEqual(bytes);
});

test('megabytes of nested, repeated or broken text are answered', () => {
  for (const part of ['[', '{"a":', '[]', '"\\', '\\u', '1e9 ', '-', '{"', 'true ', '[1e6,'])
    canonicalBody(part.repeat((2 * 1024 * 1024) / part.length));
  expect(canonical('1e6 '.repeat(300_000))).toBe('1000000.0 '.repeat(300_000).trimEnd());
});

/** JSON text with a choice of white space between its tokens. */
function printed(value: unknown, space: () => string): string {
  if (Array.isArray(value)) {
    return `[${space()}${value.map((item) => printed(item, space)).join(`${space()},${space()}`)}${space()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => `${JSON.stringify(name)}${space()}:${space()}${printed(member, space)}`,
    );
    return `{${space()}${members.join(`${space()},${space()}`)}${space()}}`;
  }
  return JSON.stringify(value);
}

const spaces = fc.infiniteStream(fc.constantFrom('', ' ', '\n', '\r\n\t', '  '));

test('white space between tokens never matters, and JSON stays the same JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), spaces, (value, stream) => {
      const spaced = printed(value, () => String(stream.next().value));
      const compact = JSON.stringify(value);
      expect(canonical(` ${spaced}\n`)).toBe(canonical(compact));
      expect(JSON.parse(canonical(compact))).toEqual(JSON.parse(compact));
    }),
  );
});

test('what is canonical is its own canonical form', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (body) => {
      const once = canonicalBody(body);
      expect(canonicalBody(once)).toEqual(once);
    }),
  );
});

test('any bytes come out, the input itself is left alone, and what changed is canonical', () => {
  const token = fc.constantFrom(
    ...'[]{},:"\\ \n'.split(''),
    'u00e9',
    '-',
    '0',
    '1',
    '.',
    'e',
    'true',
    'null',
    'é',
  );
  const tokens = fc.array(token).map((parts) => new TextEncoder().encode(parts.join('')));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), tokens), (bytes) => {
      const before = bytes.slice();
      const once = canonicalBody(bytes);
      expect(bytes).toEqual(before);
      expect(canonicalBody(once)).toEqual(once);
    }),
    { numRuns: 2000 },
  );
});
