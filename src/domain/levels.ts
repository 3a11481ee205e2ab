import { type Circumstances, type Condition, firstThatHolds } from './conditions.ts';
import type { Language } from './languages.ts';
import type { Person } from './people.ts';

/** Those who may decide; whoever holds one of the roles counts as if named. */
export interface Reviewers {
  people: readonly string[];
  roles: readonly string[];
}

/** One step of a flow. Hours count from the moment when the level opened; null means never. */
export interface Level {
  name: string;
  reviewers: Reviewers;
  /** How many of them must approve. */
  approvals: number;
  /** How many denials end the application; one return always sends it back. */
  denials: number;
  /** Whether an approval needs a comment, too; denials and returns always do. */
  commentRequired: boolean;
  /** When those who have not decided are reminded. */
  remindAfterHours: number | null;
  /** When it is put before others as well. */
  escalateAfterHours: number | null;
  /** Who may then decide besides the reviewers; nobody without an escalation. */
  escalateTo: Reviewers;
  /** When an application that nobody has decided lapses. */
  lapseAfterHours: number | null;
  /** When an application that nobody has decided is denied; a level has at most one of the two. */
  denyAfterHours: number | null;
  /** Applications that one of these conditions holds for pass this level by. */
  skipWhen: readonly Condition[];
}

/** The most levels that a flow can have: far more than anybody wants, few enough to draw. */
export const maxLevels = 10;
/** The most approvals, and denials, that a level can ask for. */
export const maxApprovals = 20;
/** The longest time that a level can set, in hours: a year. */
export const maxHours = 8_760;

/** Whether `person` is among the reviewers of `level`. */
export function reviews(level: Pick<Level, 'reviewers'>, person: Person): boolean {
  return (
    person.enabled &&
    (level.reviewers.people.includes(person.id) ||
      level.reviewers.roles.some((role) => person.roles.includes(role)))
  );
}

/** The level with those who may decide it since its escalation. */
export function escalated(level: Level): Level {
  const { reviewers, escalateTo } = level;
  const people = [...reviewers.people, ...escalateTo.people];
  const roles = [...reviewers.roles, ...escalateTo.roles];
  return { ...level, reviewers: { people, roles } };
}

/** Why an application passes the level by, in words; undefined where it does not. */
export function whySkipped(level: Level, of: Circumstances, language: Language): string | undefined {
  return firstThatHolds(level.skipWhen, of, language);
}
