import { useFormatter } from 'use-intl';

/** Days and moments as text, for sentences that have them in their middle. Elsewhere: Day, Moment, Ago. */
export function useDates() {
  const format = useFormatter();
  return {
    /** A calendar date (2026-12-31), which is the same day everywhere. */
    day: (on: string) =>
      format.dateTime(new Date(`${on}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' }),
    /** A moment in the reader's own time zone. */
    moment: (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' }),
  };
}
