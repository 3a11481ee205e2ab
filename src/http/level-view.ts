import type { Static } from 'typebox';
import type { decisionsOf } from '../db/trails.ts';
import type { Circumstances } from '../domain/conditions.ts';
import type { Deadline } from '../domain/deadlines.ts';
import { isVerdict } from '../domain/decision.ts';
import type { Language } from '../domain/languages.ts';
import { type Level, whySkipped } from '../domain/levels.ts';
import type { Person } from '../domain/people.ts';
import type { LevelView } from './application-schemas.ts';

type Status = Static<typeof LevelView>['status'];

const statuses = { approve: 'approved', deny: 'denied', return: 'returned' } as const;

/** What else is to be told of a level that is not over. */
interface Ahead {
  /** Who may decide it, as far as that is known now. */
  people: readonly Person[];
  since: Date | null;
  deadlines: readonly Deadline[];
}

type Made = Awaited<ReturnType<typeof decisionsOf>>;

/**
 * A level of an application as people see it: who decides it, and what was decided.
 * @param number of the level, from 1
 * @param open the open level
 * @param made what was decided in this round, oldest first
 */
export function viewLevel(
  level: Level,
  number: number,
  open: number | null,
  made: Made,
  of: Circumstances,
  { people, since, deadlines }: Ahead,
  language: Language,
): Static<typeof LevelView> {
  const decided = made.filter((decision) => decision.level === number);
  const last = decided.at(-1);
  const skipped = whySkipped(level, of, language) ?? null;
  const undecided: Status = open === number ? 'open' : skipped === null ? 'ahead' : 'skipped';
  const { name, reviewers, approvals, denials, commentRequired } = level;
  return {
    level: number,
    name,
    people: (skipped === null ? people : []).map((person) => ({ id: person.id, name: person.name })),
    since: since?.toISOString() ?? null,
    deadlines: deadlines.map(({ event, at }) => ({ event, at: at.toISOString() })),
    reviewers: { people: [...reviewers.people], roles: [...reviewers.roles] },
    approvals,
    denials,
    commentRequired,
    skipped,
    status: last?.act && isVerdict(last.act) && open !== number ? statuses[last.act] : undecided,
    decisions: decided.map(({ byId, by, delegatorId, delegator, act, at, comment }) => ({
      by: { id: byId, name: by },
      inPlaceOf: delegatorId === null ? null : { id: delegatorId, name: delegator ?? delegatorId },
      act: act ?? '',
      at: at.toISOString(),
      comment: comment || null,
    })),
  };
}
