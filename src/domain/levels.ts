import type { Person } from './people.ts';

/** One step of a flow. */
export interface Level {
  name: string;
  /** Who may decide it; whoever holds one of the roles counts as if named. */
  reviewers: { people: readonly string[]; roles: readonly string[] };
  /** How many of them must approve. One denial or return is enough to end it. */
  approvals: number;
  /** When those who have not decided are reminded, in hours after the level opened; null for never. */
  remindAfterHours: number | null;
  /** When an application that nobody has decided lapses, in hours after the level opened; null for never. */
  lapseAfterHours: number | null;
}

/** The most levels that a flow can have: far more than anybody wants, few enough to draw. */
export const maxLevels = 10;
/** The most approvals that a level can ask for. */
export const maxApprovals = 20;
/** The longest time that a level can set, in hours: a year. */
export const maxHours = 8_760;

/** Whether `person` is among the reviewers of `level`. */
export function reviews(level: Level, person: Person): boolean {
  return (
    person.enabled &&
    (level.reviewers.people.includes(person.id) ||
      level.reviewers.roles.some((role) => person.roles.includes(role)))
  );
}

/** Those of `people` who may decide `level` now: its reviewers less the applicant and whoever has decided already. */
export function whoMayDecide(
  level: Level,
  people: readonly Person[],
  applicantId: string,
  decided: readonly string[] = [],
): Person[] {
  return people.filter(
    (person) => reviews(level, person) && person.id !== applicantId && !decided.includes(person.id),
  );
}

/**
 * The number (1, 2, …) of the first level that cannot get all its approvals when nobody decides their own application
 * and nobody decides twice; undefined when all can. A matching of the approvals that are needed to people by augmenting
 * paths (Kuhn 1955): counting reviewers level by level would miss two levels that share their only reviewer.
 */
export function undecidableLevel(
  levels: readonly Level[],
  people: readonly Person[],
  applicantId: string,
): number | undefined {
  const needed = levels.flatMap((level, index) =>
    Array.from({ length: level.approvals }, () => ({ level, index })),
  );
  const holders = new Map<string, number>();
  const place = (at: number, tried: Set<string>): boolean => {
    const need = needed[at];
    if (!need) return false;
    for (const person of whoMayDecide(need.level, people, applicantId)) {
      if (tried.has(person.id)) continue;
      tried.add(person.id);
      const holder = holders.get(person.id);
      if (holder === undefined || place(holder, tried)) {
        holders.set(person.id, at);
        return true;
      }
    }
    return false;
  };
  const missed = needed.find((_, at) => !place(at, new Set()));
  return missed && missed.index + 1;
}
