/**
 * Until when something must have rested for what is personal in it to be erased now. A day is added to the years, so that
 * neither time zones nor leap days matter.
 */
export function retentionCutoff(now: Date, years: number): Date {
  const cutoff = new Date(now);
  cutoff.setUTCFullYear(cutoff.getUTCFullYear() - years);
  cutoff.setUTCDate(cutoff.getUTCDate() - 1);
  return cutoff;
}
