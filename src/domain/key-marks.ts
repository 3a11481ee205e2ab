/** When the holder of a key is reminded that its last day comes near. */
export interface Reminder {
  /** How long before the end. Milliseconds. */
  leadMs: number;
  at: Date;
}

/**
 * The reminders of a last day, soonest first; none that was past when the day was set, since nobody has to be told of what
 * they have just chosen.
 * @param end when the last day is over
 * @param leadsMs how long before
 */
export function remindersOf(end: Date, setAt: Date, leadsMs: readonly number[]): Reminder[] {
  return leadsMs
    .map((leadMs) => ({ leadMs, at: new Date(end.getTime() - leadMs) }))
    .filter(({ at }) => at > setAt)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/**
 * The marks of a limited quota that so many calls have come to, in percent.
 * @param quota -1 for unlimited, which has none
 */
export function marksReached(quota: number, used: number, percents: readonly number[]): number[] {
  return quota > 0 ? percents.filter((percent) => used * 100 >= quota * percent) : [];
}

/** When a secret that is valid until it is not used any more ends, from what is known now. */
export function unusedSince(since: Date, lastUsedAt: Date | null, unusedDays: number): Date {
  const last = Math.max(since.getTime(), lastUsedAt?.getTime() ?? 0);
  return new Date(last + unusedDays * 86_400_000);
}
