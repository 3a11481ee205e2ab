/** A calendar date without a time: `2026-11-24`. Its day is that of the configured time zone. */
export type CalendarDate = string;

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether `text` names a day that exists: 2026-02-30 does not. */
export function isCalendarDate(text: string): boolean {
  const match = shape.exec(text);
  if (!match) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && text >= '1970-01-01';
}

/** Whether `zone` is a time zone that this runtime knows, such as `Asia/Taipei`. */
export function isTimeZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** By zone: each signed call asks for a day, and making a formatter takes longer than everything else about it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar date that it is in `zone` at `now`. */
export function dateIn(zone: string, now: Date): CalendarDate {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  formats.set(zone, format);
  const parts = format.formatToParts(now);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** A moment as people of `zone` write it: `2026-11-24 09:30 (Asia/Taipei)`. */
export function momentIn(zone: string, moment: Date): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
  return `${dateIn(zone, moment)} ${time} (${zone})`;
}

/** Writes moments as spreadsheets read them, in the zone's time: `2026-11-24 09:30:05`. */
export function timestampsIn(zone: string): (moment: Date) => string {
  // Swedish is written like ISO 8601; one formatter for many moments, since making it takes the time.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (moment) => format.format(moment);
}

/** The first moment in `zone` at which a day is over; clocks may be changed around it. */
export function endOfDayIn(zone: string, day: CalendarDate): Date {
  // Zones are between 12 hours behind and 14 ahead of UTC, so it lies between these two.
  const midnight = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
  let [during, after] = [midnight - 15 * 3_600_000, midnight + 15 * 3_600_000];
  while (after - during > 1) {
    const between = Math.floor((during + after) / 2);
    if (dateIn(zone, new Date(between)) > day) after = between;
    else during = between;
  }
  return new Date(after);
}

/** How many days a period has, its first and its last counted. */
export function daysFrom(first: CalendarDate, last: CalendarDate): number {
  return (Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000 + 1;
}

/** Where a key stands on a given day: both its dates are inclusive. */
export type Validity = 'not-yet-effective' | 'effective' | 'expired';

/** Compares calendar dates as text, which orders them: they are written year first with fixed widths. */
export function validityOn(
  today: CalendarDate,
  effectiveOn: CalendarDate,
  expiresOn: CalendarDate,
): Validity {
  if (today < effectiveOn) return 'not-yet-effective';
  return today > expiresOn ? 'expired' : 'effective';
}
