/**
 * A double as JDK 19 and later write it (`Double.toString`), and infinities as Jackson does, in quotes: the shortest
 * digits that still mean this double, of those the nearest, which are the digits that ECMAScript chooses, too; but laid
 * out in Java's way, with a point in every number and an exponent below 10^-3 and from 10^7 on.
 */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const sign = value < 0 ? '-' : '';
  const shortest = Math.abs(value).toExponential();
  // Java never chooses among decimals of one digit but takes the nearest of two: 4.9E-324 where JavaScript says 5e-324.
  const text = shortest.includes('.') ? shortest : Math.abs(value).toExponential(1);
  const [mantissa = '', power] = text.split('e');
  const exponent = Number(power);
  if (exponent < -3 || exponent >= 7) return `${sign}${mantissa}E${exponent}`;
  const digits = mantissa.replace('.', '');
  if (exponent < 0) {
    const [, fraction = ''] = /^(\d+?)0*$/.exec(digits) ?? [];
    return `${sign}0.${'0'.repeat(-exponent - 1)}${fraction}`;
  }
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}
