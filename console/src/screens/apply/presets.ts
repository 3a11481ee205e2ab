import {
  type CalendarDate,
  endOfYear,
  fromDate,
  parseDate,
  startOfMonth,
  toCalendarDate,
} from '@internationalized/date';
import { serverNow } from '../../api/connection.ts';
import type { Key } from './content.ts';

/** Today, where Keygrant's days are counted. */
export function todayIn(zone: string): CalendarDate {
  return toCalendarDate(fromDate(serverNow(), zone));
}

/** First days that people often mean. */
export function firstDays(zone: string): { id: 'today' | 'nextMonth'; value: string }[] {
  const today = todayIn(zone);
  return [
    { id: 'today', value: today.toString() },
    { id: 'nextMonth', value: startOfMonth(today).add({ months: 1 }).toString() },
  ];
}

/**
 * Last days that people often mean: some months from a first day, whose own day of the month is not in it any more, and the
 * end of that year.
 * @param from the first day of use; for a key that is in use already, the day after its last one
 */
export function lastDays(
  from: string | null,
  zone: string,
): { id: 'months3' | 'months6' | 'year' | 'endOfYear'; value: string; year: number }[] {
  const today = todayIn(zone);
  const given = from === null ? today : parseDate(from);
  const first = given.compare(today) < 0 ? today : given;
  const after = (months: number) => first.add({ months }).subtract({ days: 1 });
  const end = endOfYear(first);
  return [
    { id: 'months3' as const, day: after(3) },
    { id: 'months6' as const, day: after(6) },
    { id: 'year' as const, day: after(12) },
    { id: 'endOfYear' as const, day: end },
  ].map(({ id, day }) => ({ id, value: day.toString(), year: day.year }));
}

/** The day on which a key would end that is renewed for as long as it has been valid. */
export function afterAsLong({ effectiveOn, expiresOn }: Key, zone: string): string {
  const last = parseDate(expiresOn);
  const days = last.compare(parseDate(effectiveOn)) + 1;
  const today = todayIn(zone);
  return (last.compare(today) < 0 ? today.subtract({ days: 1 }) : last).add({ days }).toString();
}

/** The day after another. */
export function dayAfter(day: string): string {
  return parseDate(day).add({ days: 1 }).toString();
}
