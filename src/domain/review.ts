import { type ApplicationState, move } from './application-states.ts';
import { type Intervention, isVerdict, type ReviewAct, type Verdict as VerdictAct } from './decision.ts';
import type { FlowRules } from './flows.ts';
import { reviews } from './levels.ts';
import { isAdmin, type Person } from './people.ts';
import type { ProblemCode } from './problems.ts';
import { hasDecided, isFree, type Verdict, type Voices } from './reviewers.ts';

/** Where an application stands in its review: all that is needed to judge a decision. */
export interface Review extends FlowRules {
  state: ApplicationState;
  applicantId: string;
  /** The open level, from 1; null outside the review. */
  level: number | null;
  /** Numbers of the levels that it passes by. */
  skipped: readonly number[];
  /** Digest of the submitted revision. */
  digest: string | null;
  /** What was decided in this round. */
  verdicts: readonly Verdict[];
  /** Whether the credentials' mail is held back. */
  held: boolean;
  /** Whether the credentials' mail has begun to leave: no stopping it then. */
  mailing: boolean;
}

/** What of a decision its judgement depends on. */
export interface Judged {
  act: ReviewAct;
  level: number;
  comment: string;
  digest: string;
}

/** Who decides, and in whose place they may. */
export interface Decider {
  person: Person;
  /** Those who have delegated their decisions to them for now. */
  delegators: readonly Person[];
}

/**
 * The reason why somebody may not decide so, or undefined when the decision stands. The order tells people the most
 * useful reason first; HTTP asks before it signals, and the activity that records asks again inside its transaction.
 */
export function judge(review: Review, by: Decider, decision: Judged): ProblemCode | undefined {
  const { act } = decision;
  if (isVerdict(act)) return judgeVerdict(review, by, { ...decision, act });
  return act === 'withdraw' ? judgeWithdrawal(review, by.person) : judgeStop(review, by.person, act);
}

/** All that tells who may decide the open level; undefined while none is open. */
export function voicesOf(review: Review): Voices | undefined {
  const { applicantId, level: number, repeatedReviewers: rule, verdicts } = review;
  const level = number === null ? undefined : review.levels[number - 1];
  if (review.state !== 'pending' || number === null || !level) return undefined;
  return { applicantId, number, level, rule, verdicts };
}

/**
 * In whose place somebody decides: their own where they may, else that of the first who delegated to them and may.
 * Undefined where nobody's voice is theirs to give.
 */
export function voiceOf(voices: Voices, { person, delegators }: Decider): Person | undefined {
  return [person, ...delegators].find((voice) => isFree(voices, voice));
}

/** A verdict: by a reviewer of the open level, on the revision that was submitted, once, and never on one's own. */
function judgeVerdict(
  review: Review,
  by: Decider,
  decision: Judged & { act: VerdictAct },
): ProblemCode | undefined {
  const { person, delegators } = by;
  if (person.id === review.applicantId) return 'own-application';
  if (hasDecided(review.verdicts, review.repeatedReviewers, review.level, person.id))
    return 'already-decided';
  const voices = voicesOf(review);
  if (!voices) return 'not-pending';
  if (decision.level !== review.level) return 'level-decided';
  const entitled = [person, ...delegators].filter((voice) => reviews(voices.level, voice));
  if (entitled.length === 0 || !person.enabled) return 'not-a-reviewer';
  if (!voiceOf(voices, by)) {
    return entitled.every((voice) => voice.id === review.applicantId) ? 'own-application' : 'already-decided';
  }
  if (decision.digest !== review.digest) return 'stale-digest';
  const needsComment = decision.act !== 'approve' || voices.level.commentRequired;
  return needsComment && decision.comment.trim() === '' ? 'comment-required' : undefined;
}

/** A withdrawal: by the applicant, until the key is issued. */
function judgeWithdrawal(review: Review, person: Person): ProblemCode | undefined {
  if (person.id !== review.applicantId || !person.enabled) return 'not-the-applicant';
  return move(review.state, 'withdraw') ? undefined : 'too-late';
}

/** A stop of the mail, or its end: by those whom the flow names, until the mail leaves. */
function judgeStop(
  review: Review,
  person: Person,
  act: Exclude<Intervention, 'withdraw'>,
): ProblemCode | undefined {
  const concerned = {
    applicant: person.id === review.applicantId,
    reviewer: review.levels.some((level) => reviews(level, person)),
    admin: isAdmin(person),
  };
  if (!person.enabled || !review.stoppableBy.some((who) => concerned[who])) return 'not-concerned';
  if (!move(review.state, act) || review.mailing) return 'too-late';
  if (act === 'hold' && review.held) return 'already-held';
  if (act === 'release' && !review.held) return 'not-held';
  return undefined;
}
