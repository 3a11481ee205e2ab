import { type ApplicationState, move } from './application-states.ts';
import type { Verdict } from './decision.ts';
import type { ProblemCode } from './errors.ts';
import { type Level, reviews } from './levels.ts';
import type { Person } from './people.ts';

/** Where an application stands in its review: all that is needed to judge a decision. */
export interface Review {
  state: ApplicationState;
  applicantId: string;
  /** The open level, from 1; null outside the review. */
  level: number | null;
  levels: readonly Level[];
  /** Digest of the submitted revision. */
  digest: string | null;
  /** Who has decided in this round. */
  decided: readonly string[];
}

/** What of a decision its judgement depends on. */
export interface Judged {
  level: number;
  verdict: Verdict;
  comment: string;
  digest: string;
}

/**
 * The reason why `reviewer` may not decide so, or undefined when the decision stands. The order tells people the most
 * useful reason first; HTTP asks before it signals, and the activity that records asks again inside its transaction.
 */
export function judge(review: Review, reviewer: Person, decision: Judged): ProblemCode | undefined {
  if (reviewer.id === review.applicantId) return 'own-application';
  if (review.decided.includes(reviewer.id)) return 'already-decided';
  const level = review.level === null ? undefined : review.levels[review.level - 1];
  if (review.state !== 'pending' || !level) return 'not-pending';
  if (decision.level !== review.level) return 'level-decided';
  if (!reviews(level, reviewer)) return 'not-a-reviewer';
  if (decision.digest !== review.digest) return 'stale-digest';
  if (decision.verdict === 'deny' && decision.comment.trim() === '') return 'comment-required';
  return undefined;
}

/** Where the review stands after a recorded decision: the next level, approved, or rejected. */
export function advance(review: Review, verdict: Verdict): { state: ApplicationState; level: number | null } {
  const level = review.level ?? 0;
  const more = level < review.levels.length;
  const event = verdict === 'deny' ? 'deny' : more ? 'approve-level' : 'approve';
  const state = move(review.state, event);
  if (!state) throw new Error(`a review that is ${review.state} cannot ${event}`);
  return { state, level: state === 'pending' ? level + 1 : null };
}
