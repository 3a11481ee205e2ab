/**
 * A double as JDK 19 and later write it (`Double.toString`), and infinities as Jackson does, in quotes: the shortest
 * digits that still mean this double, of those the nearest, which are the digits that ECMAScript chooses, too; but laid
 * out in Java's way, with a point in every number and an exponent below 10^-3 and from 10^7 on.
 */
export function javaDouble(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const shortest = value.toExponential();
  // Java never chooses among decimals of one digit but takes the nearest of two: 4.9E-324 where JavaScript says 5e-324.
  const text = shortest.includes('.') ? shortest : value.toExponential(1);
  return text.replace(/e\+?/, 'E');
}
