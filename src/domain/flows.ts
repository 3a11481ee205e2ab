import { type Circumstances, type Condition, holds } from './conditions.ts';
import type { Level } from './levels.ts';
import type { RepeatRule } from './reviewers.ts';

/** The flow that applications take that no other applies to. */
const defaultFlow = 'default';

/** Who, beside nobody else, may hold the credentials' mail back, release or recall it. */
export const stoppers = ['applicant', 'reviewer', 'admin'] as const;
export type Stopper = (typeof stoppers)[number];

/** How applications are reviewed. One without levels approves by itself. */
export interface FlowRules {
  levels: readonly Level[];
  repeatedReviewers: RepeatRule;
  stoppableBy: readonly Stopper[];
}

/** What tells which applications take a flow. */
export interface FlowChoice {
  id: string;
  /** Flows are asked in this order, smallest first, then by id. */
  priority: number;
  /** It applies where one of these holds; without any only the default flow ever does. */
  appliesTo: readonly Condition[];
}

/** The flow that an application of these circumstances takes; undefined where not even a default flow is stored. */
export function chooseFlow<F extends FlowChoice>(flows: readonly F[], of: Circumstances): F | undefined {
  const inOrder = flows.toSorted((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
  return (
    inOrder.find(({ appliesTo }) => appliesTo.some((condition) => holds(condition, of))) ??
    flows.find(({ id }) => id === defaultFlow)
  );
}

/** The numbers, from 1, of the levels that an application passes by. */
export function skippedLevels(levels: readonly Level[], of: Circumstances): number[] {
  return levels.flatMap(({ skipWhen }, index) =>
    skipWhen.some((condition) => holds(condition, of)) ? [index + 1] : [],
  );
}

/** The level that opens after this one (0: first of all); null when there is none left. */
export function levelAfter(
  levels: readonly Level[],
  skipped: readonly number[],
  level: number,
): number | null {
  for (let next = level + 1; next <= levels.length; next += 1) if (!skipped.includes(next)) return next;
  return null;
}
