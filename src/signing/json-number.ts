import { javaDouble } from './java-double.ts';
import type { Rewriting } from './rewriting.ts';

/** The digits that Jackson reads in one number (StreamReadConstraints.DEFAULT_MAX_NUM_LEN, 2.19); signs do not count. */
const maxDigits = 1000;
/** What an absent fraction or exponent adds to them, where Jackson takes its slower way: see {@link copyNumber}. */
const absent = -1;

const [minus, plus, point, zero] = [0x2d, 0x2b, 0x2e, 0x30];

/**
 * Copies the number that begins at `start`. Whole numbers keep their digits, of any size, but -0 is 0; with a fraction
 * or an exponent it becomes a double.
 *
 * Jackson reads a number that begins with 0 or ends with the input by other code (ReaderBasedJsonParser._parseNumber2), which
 * allows doubles a digit more. It also does where its buffer of 4000 characters ends; that is not followed here.
 * @returns the index after it; -1 if there is no number, or one that Jackson does not read
 */
export function copyNumber(input: Uint8Array, start: number, output: Rewriting): number {
  const whole = input[start] === minus ? start + 1 : start;
  let at = afterDigits(input, whole);
  let digits = at - whole;
  // No leading zeros.
  if (digits === 0 || (digits > 1 && input[whole] === zero)) return -1;
  const end = at;
  let missing = 2;
  if (input[at] === point) {
    missing--;
    const fraction = at + 1;
    at = afterDigits(input, fraction);
    if (at === fraction) return -1;
    digits += at - fraction;
  }
  // E and e differ in one bit.
  if (((input[at] ?? 0) | 0x20) === 0x65) {
    missing--;
    const sign = input[at + 1];
    const exponent = sign === minus || sign === plus ? at + 2 : at + 1;
    at = afterDigits(input, exponent);
    if (at === exponent) return -1;
    digits += at - exponent;
  }
  if (missing === 1 && input[end] === point && isWritten(input, whole, end, at)) return at;
  const isSlow = input[whole] === zero || at === input.length;
  if (at !== end && isSlow) digits += missing * absent;
  if (digits > maxDigits) return -1;
  if (at !== end) {
    let text = '';
    for (let digit = start; digit < at; digit++) text += String.fromCharCode(input[digit] as number);
    const written = javaDouble(Number(text));
    if (written !== text) output.replace(start, at, written);
  } else if (whole > start && digits === 1 && input[whole] === zero) {
    output.replace(start, at, '0');
  }
  return at;
}

/**
 * Whether digits with a point are what Java would write for them. Up to 15 significant digits are the shortest for their double
 * (IEEE 754 keeps that many), so only a zero at the end, and the sizes that get an exponent, need a closer look.
 * @param point where it is
 */
function isWritten(input: Uint8Array, whole: number, point: number, after: number): boolean {
  const fraction = point + 1;
  if (point - whole > 7 || after - fraction > 8) return false;
  if (input[after - 1] === zero) return after - fraction === 1;
  // From 0.001 on.
  return (
    input[whole] !== zero ||
    input[fraction] !== zero ||
    input[fraction + 1] !== zero ||
    (after - fraction > 2 && input[fraction + 2] !== zero)
  );
}

function afterDigits(input: Uint8Array, start: number): number {
  const { length } = input;
  let at = start;
  while (at < length && ((input[at] as number) ^ zero) < 10) at++;
  return at;
}
