import type { Person } from './people.ts';

/** One step of a flow: who may decide it. Whoever holds one of the roles counts as if named. */
export interface Level {
  name: string;
  reviewers: { people: readonly string[]; roles: readonly string[] };
}

/** The most levels that a flow can have: far more than anybody wants, few enough to draw. */
export const maxLevels = 10;

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
 * The number (1, 2, …) of the first level that cannot be decided by a person of its own when nobody decides their own
 * application and nobody decides twice; undefined when all can. A matching of levels to people by augmenting paths
 * (Kuhn 1955): counting reviewers level by level would miss two levels that share their only reviewer.
 */
export function undecidableLevel(
  levels: readonly Level[],
  people: readonly Person[],
  applicantId: string,
): number | undefined {
  const levelOf = new Map<string, number>();
  const place = (index: number, tried: Set<string>): boolean => {
    const level = levels[index];
    if (!level) return false;
    for (const person of whoMayDecide(level, people, applicantId)) {
      if (tried.has(person.id)) continue;
      tried.add(person.id);
      const holder = levelOf.get(person.id);
      if (holder === undefined || place(holder, tried)) {
        levelOf.set(person.id, index);
        return true;
      }
    }
    return false;
  };
  const index = levels.findIndex((_, at) => !place(at, new Set()));
  return index < 0 ? undefined : index + 1;
}
