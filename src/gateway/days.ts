import { dateIn } from '../domain/dates.ts';

/** The calendar date at a moment, worked out anew once a second. */
export function daysIn(timeZone: string): (now: Date) => string {
  let second = Number.NaN;
  let day = '';
  return (now) => {
    const nowSecond = Math.floor(now.getTime() / 1000);
    if (nowSecond !== second) [second, day] = [nowSecond, dateIn(timeZone, now)];
    return day;
  };
}
