import { type Level, reviews } from './levels.ts';
import type { Person } from './people.ts';

/** What a flow does with somebody who reviews more than one level of it. */
export const repeatRules = {
  /** They decide once in a round; other levels need other people. The rule of four eyes. */
  excluded: 'decides once; every other level needs somebody else',
  /** They decide each level for itself. */
  asked: 'decides each of them',
  /** They decide once; their approval counts at their later levels, too. */
  counted: 'decides once, and an approval counts at their later levels, too',
} as const;
export type RepeatRule = keyof typeof repeatRules;

/** Somebody who may decide in somebody else's place for the time being. */
export interface Deputy {
  person: Person;
  delegator: Person;
}

/** A verdict that counts in the present round. */
export interface Verdict {
  personId: string;
  /** In whose place it was given; null for one's own. */
  delegatorId: string | null;
  level: number;
  approves: boolean;
}

/** Whether somebody's voice is used up at a level: they gave it, or somebody did in their place. */
export function hasDecided(
  verdicts: readonly Verdict[],
  rule: RepeatRule,
  level: number | null,
  personId: string,
): boolean {
  return verdicts.some(
    (verdict) =>
      (verdict.personId === personId || verdict.delegatorId === personId) &&
      (rule === 'excluded' || level === null || verdict.level === level),
  );
}

/** All that tells who may decide the open level. */
export interface Voices {
  applicantId: string;
  /** The open level, from 1. */
  number: number;
  level: Level;
  rule: RepeatRule;
  verdicts: readonly Verdict[];
}

/** Whether this voice may still be given: a reviewer's, not the applicant's, not yet used. */
export function isFree({ applicantId, number, level, rule, verdicts }: Voices, person: Person): boolean {
  return (
    reviews(level, person) && person.id !== applicantId && !hasDecided(verdicts, rule, number, person.id)
  );
}

/**
 * Those who may decide now: reviewers whose voice is free, and their deputies. Nobody decides their own application,
 * neither by themselves nor through a deputy, and a deputy who has decided already does not decide again.
 */
export function whoMayDecide(
  voices: Voices,
  people: readonly Person[],
  deputies: readonly Deputy[] = [],
): Person[] {
  const { applicantId, number, rule, verdicts } = voices;
  const standIns = deputies.filter(
    ({ person, delegator }) =>
      isFree(voices, delegator) &&
      person.enabled &&
      person.id !== applicantId &&
      !hasDecided(verdicts, rule, number, person.id),
  );
  const all = [...people.filter((person) => isFree(voices, person)), ...standIns.map(({ person }) => person)];
  return [...new Map(all.map((person) => [person.id, person])).values()];
}

/**
 * The number (1, 2, …) of the first level that cannot get all its approvals when nobody decides their own application;
 * undefined when all can. Where nobody decides twice, a matching of the approvals that are needed to people by
 * augmenting paths (Kuhn 1955): counting reviewers level by level would miss two levels that share their only reviewer.
 * Deputies do not count: they come and go.
 * @param skipped levels that the application passes by
 */
export function undecidableLevel(
  levels: readonly Level[],
  rule: RepeatRule,
  people: readonly Person[],
  applicantId: string,
  skipped: readonly number[] = [],
): number | undefined {
  const needed = levels.flatMap((level, index) =>
    skipped.includes(index + 1) ? [] : Array.from({ length: level.approvals }, () => ({ level, index })),
  );
  /** Who gives which approval; where people decide each level for itself, one place per level. */
  const holders = new Map<string, number>();
  const place = (at: number, tried: Set<string>): boolean => {
    const need = needed[at];
    if (!need) return false;
    for (const person of people) {
      if (!reviews(need.level, person) || person.id === applicantId) continue;
      const seat = rule === 'excluded' ? person.id : `${need.index} ${person.id}`;
      if (tried.has(seat)) continue;
      tried.add(seat);
      const holder = holders.get(seat);
      if (holder === undefined || place(holder, tried)) {
        holders.set(seat, at);
        return true;
      }
    }
    return false;
  };
  const missed = needed.find((_, at) => !place(at, new Set()));
  return missed && missed.index + 1;
}
