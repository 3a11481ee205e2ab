import type { Level } from './levels.ts';

/** What happens to an open level by itself: its reviewers are reminded, others are asked, too, or the application ends. */
export const deadlineEvents = ['remind', 'escalate', 'lapse', 'deny'] as const;

export interface Deadline {
  event: (typeof deadlineEvents)[number];
  at: Date;
}

/**
 * What is still to happen to a level if nobody decides it, soonest first.
 * @param since when it opened
 * @param done what has happened to it already
 */
export function deadlinesOf(
  level: Level,
  since: Date,
  done: { reminded: boolean; escalated: boolean },
): Deadline[] {
  const hours = {
    remind: done.reminded ? null : level.remindAfterHours,
    escalate: done.escalated ? null : level.escalateAfterHours,
    lapse: level.lapseAfterHours,
    deny: level.lapseAfterHours === null ? level.denyAfterHours : null,
  };
  return deadlineEvents
    .flatMap((event) => {
      const after = hours[event];
      return after ? [{ event, at: new Date(since.getTime() + after * 3_600_000) }] : [];
    })
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
