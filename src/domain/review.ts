import { type ApplicationEvent, type ApplicationState, move } from './application-states.ts';
import { type Act, type Intervention, isVerdict, type Verdict } from './decision.ts';
import type { ProblemCode } from './errors.ts';
import { type Level, reviews } from './levels.ts';
import { isAdmin, type Person } from './people.ts';

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
  /** How many have approved the open level so far. */
  approvals: number;
  /** Whether the credentials' mail is held back. */
  held: boolean;
  /** Whether the credentials' mail has begun to leave: no stopping it then. */
  mailing: boolean;
}

/** What of a decision its judgement depends on. */
export interface Judged {
  act: Act;
  level: number;
  comment: string;
  digest: string;
}

/**
 * The reason why `person` may not decide so, or undefined when the decision stands. The order tells people the most
 * useful reason first; HTTP asks before it signals, and the activity that records asks again inside its transaction.
 */
export function judge(review: Review, person: Person, decision: Judged): ProblemCode | undefined {
  const { act } = decision;
  if (isVerdict(act)) return judgeVerdict(review, person, { ...decision, act });
  return act === 'withdraw' ? judgeWithdrawal(review, person) : judgeStop(review, person, act);
}

/** A verdict: by a reviewer of the open level, on the revision that was submitted, once, and never on one's own. */
function judgeVerdict(
  review: Review,
  person: Person,
  decision: Judged & { act: Verdict },
): ProblemCode | undefined {
  if (person.id === review.applicantId) return 'own-application';
  if (review.decided.includes(person.id)) return 'already-decided';
  const level = review.level === null ? undefined : review.levels[review.level - 1];
  if (review.state !== 'pending' || !level) return 'not-pending';
  if (decision.level !== review.level) return 'level-decided';
  if (!reviews(level, person)) return 'not-a-reviewer';
  if (decision.digest !== review.digest) return 'stale-digest';
  if (decision.act !== 'approve' && decision.comment.trim() === '') return 'comment-required';
  return undefined;
}

/** A withdrawal: by the applicant, until the key is issued. */
function judgeWithdrawal(review: Review, person: Person): ProblemCode | undefined {
  if (person.id !== review.applicantId || !person.enabled) return 'not-the-applicant';
  return move(review.state, 'withdraw') ? undefined : 'too-late';
}

/** A stop of the mail, or its end: by the applicant, any reviewer of the flow or an admin, until the mail leaves. */
function judgeStop(
  review: Review,
  person: Person,
  act: Exclude<Intervention, 'withdraw'>,
): ProblemCode | undefined {
  const concerned =
    person.id === review.applicantId ||
    isAdmin(person) ||
    review.levels.some((level) => reviews(level, person));
  if (!concerned || !person.enabled) return 'not-concerned';
  if (!move(review.state, act) || review.mailing) return 'too-late';
  if (act === 'hold' && review.held) return 'already-held';
  if (act === 'release' && !review.held) return 'not-held';
  return undefined;
}

/** Where the review stands after a recorded decision: at the same level, at the next, or in another state. */
export function advance(review: Review, act: Act): { state: ApplicationState; level: number | null } {
  const level = review.level ?? 0;
  const complete = review.approvals + 1 >= (review.levels[level - 1]?.approvals ?? 1);
  const stays = act === 'approve' && !(complete && level === review.levels.length);
  const event: ApplicationEvent = stays ? 'approve-level' : act;
  const state = move(review.state, event);
  if (!state) throw new Error(`an application that is ${review.state} cannot ${event}`);
  return { state, level: state === 'pending' ? (complete ? level + 1 : level) : null };
}
