import { dateIn } from '../src/domain/dates.ts';

/** The time zone of the bench's Keygrant. */
export const timeZone = 'Asia/Taipei';

/** A calendar date some days from now. */
export function day(offset: number): string {
  return dateIn(timeZone, new Date(Date.now() + offset * 86_400_000));
}
