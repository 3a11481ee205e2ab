import { type ApplicationEvent, type ApplicationState, move } from './application-states.ts';
import type { ReviewAct } from './decision.ts';
import { levelAfter } from './flows.ts';
import { reviews } from './levels.ts';
import type { Person } from './people.ts';
import { type Review, voicesOf } from './review.ts';
import { type Deputy, type Verdict, whoMayDecide } from './reviewers.ts';

/** Where the review stands after a decision. */
export interface Step {
  state: ApplicationState;
  level: number | null;
  /** Approvals of earlier levels that count at levels which are reached now. */
  carried: Verdict[];
}

/** Where a submission leads: to its first level, or straight to approval when it passes all of them by. */
export function open({ levels, skipped }: Pick<Review, 'levels' | 'skipped'>): Omit<Step, 'carried'> {
  const level = levelAfter(levels, skipped, 0);
  return { state: level === null ? 'approved' : 'pending', level };
}

/**
 * Where the review stands after a recorded decision: at the same level, at another, or in another state.
 * @param verdict the decision as a verdict; undefined for interventions
 * @param people all reviewers of the flow, which tells what can still be decided, and whose approval carries over
 */
export function advance(
  review: Review,
  act: ReviewAct,
  verdict?: Verdict,
  people: readonly Person[] = [],
  deputies: readonly Deputy[] = [],
): Step {
  const verdicts = verdict ? [...review.verdicts, verdict] : review.verdicts;
  const after: Review = { ...review, verdicts };
  const voices = voicesOf(after);
  if (!verdict || !voices || act === 'return') return { ...to(review, act, null), carried: [] };
  const { level, number } = voices;
  const said = (approves: boolean) =>
    verdicts.filter((each) => each.level === number && each.approves === approves).length;
  if (act === 'deny') {
    const reachable = said(true) + whoMayDecide(voices, people, deputies).length;
    const ends = said(false) >= level.denials || reachable < level.approvals;
    return { ...to(review, ends ? 'deny' : 'deny-level', number), carried: [] };
  }
  if (said(true) < level.approvals) return { ...to(review, 'approve-level', number), carried: [] };
  const carried: Verdict[] = [];
  for (let next = levelAfter(review.levels, review.skipped, number); next !== null; ) {
    const at = next;
    const counted = carriedTo(after, at, people);
    carried.push(...counted);
    if (counted.length < (review.levels[at - 1]?.approvals ?? 1)) {
      return { ...to(review, 'approve-level', at), carried };
    }
    next = levelAfter(review.levels, review.skipped, at);
  }
  return { ...to(review, 'approve', null), carried };
}

/** Approvals given at earlier levels by people who review this one, too, where the flow counts them. */
function carriedTo(review: Review, number: number, people: readonly Person[]): Verdict[] {
  const level = review.levels[number - 1];
  if (review.repeatedReviewers !== 'counted' || !level) return [];
  const approved = new Set(
    review.verdicts
      .filter(({ approves }) => approves)
      .map(({ personId, delegatorId }) => delegatorId ?? personId),
  );
  return people
    .filter((person) => approved.has(person.id) && reviews(level, person) && person.id !== review.applicantId)
    .map((person) => ({ personId: person.id, delegatorId: null, level: number, approves: true }));
}

function to(review: Review, event: ApplicationEvent, level: number | null): Omit<Step, 'carried'> {
  const state = move(review.state, event);
  if (!state) throw new Error(`an application that is ${review.state} cannot ${event}`);
  return { state, level: state === 'pending' ? level : null };
}
