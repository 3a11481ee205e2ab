import { type CalendarDate, daysFrom } from './dates.ts';
import type { ApplicationKind } from './kinds.ts';
import { isWithin } from './quota.ts';

/**
 * A rule on applications, by which a flow is chosen or a level skipped. All parts that are given must hold; one without
 * parts always does.
 */
export interface Condition {
  kinds?: readonly ApplicationKind[] | undefined;
  clientIds?: readonly string[] | undefined;
  /** Holds for at most so many calls; never for an unlimited quota. */
  quotaUpTo?: number | undefined;
  /** Holds for more calls than this, and for an unlimited quota. */
  quotaOver?: number | undefined;
  /** Holds where the key is valid for at most so many days, both ends counted. */
  validityUpToDays?: number | undefined;
  validityOverDays?: number | undefined;
  /** Holds where no other API is asked for. */
  onlyApis?: readonly string[] | undefined;
  /** Holds where at least one of these is asked for. */
  anyApi?: readonly string[] | undefined;
}

/** What conditions look at. What an applicant has not yet written is null, and meets no condition. */
export interface Circumstances {
  kind: ApplicationKind;
  clientId: string | null;
  quota: number | null;
  effectiveOn: CalendarDate | null;
  expiresOn: CalendarDate | null;
  apiIds: readonly string[];
}

type Parts = { [P in keyof Required<Condition>]: NonNullable<Condition[P]> };
type Part = {
  [P in keyof Parts]: {
    holds: (value: Parts[P], of: Circumstances) => boolean;
    words: (value: Parts[P]) => string;
  };
};

const listed = (ids: readonly string[]) => ids.join(' or ');
const daysOf = ({ effectiveOn, expiresOn }: Circumstances) =>
  effectiveOn === null || expiresOn === null ? undefined : daysFrom(effectiveOn, expiresOn);

const parts: Part = {
  kinds: {
    holds: (kinds, { kind }) => kinds.includes(kind),
    words: (kinds) => `its kind is ${listed(kinds)}`,
  },
  clientIds: {
    holds: (ids, { clientId }) => clientId !== null && ids.includes(clientId),
    words: (ids) => `its client is ${listed(ids)}`,
  },
  quotaUpTo: {
    holds: (most, { quota }) => quota !== null && isWithin(quota, most),
    words: (most) => `its quota is at most ${most.toLocaleString('en')} calls`,
  },
  quotaOver: {
    holds: (most, { quota }) => quota !== null && !isWithin(quota, most),
    words: (most) => `its quota is over ${most.toLocaleString('en')} calls`,
  },
  validityUpToDays: {
    holds: (most, of) => (daysOf(of) ?? Number.POSITIVE_INFINITY) <= most,
    words: (most) => `it is valid for at most ${most} days`,
  },
  validityOverDays: {
    holds: (most, of) => (daysOf(of) ?? 0) > most,
    words: (most) => `it is valid for more than ${most} days`,
  },
  onlyApis: {
    holds: (ids, { apiIds }) => apiIds.length > 0 && apiIds.every((id) => ids.includes(id)),
    words: (ids) => `it asks for no other API than ${ids.join(', ')}`,
  },
  anyApi: {
    holds: (ids, { apiIds }) => apiIds.some((id) => ids.includes(id)),
    words: (ids) => `it asks for ${listed(ids)}`,
  },
};
const names = Object.keys(parts) as (keyof Condition)[];

/** Whether an application of these circumstances meets the condition. */
export function holds(condition: Condition, of: Circumstances): boolean {
  return given(condition).every((name) =>
    (parts[name].holds as (v: unknown, o: Circumstances) => boolean)(condition[name], of),
  );
}

/** The first of the conditions that is met, in words; undefined where none is. */
export function firstThatHolds(conditions: readonly Condition[], of: Circumstances): string | undefined {
  const met = conditions.find((condition) => holds(condition, of));
  return met && inWords(met);
}

function inWords(condition: Condition): string {
  const said = given(condition).map((name) => (parts[name].words as (v: unknown) => string)(condition[name]));
  return said.length === 0 ? 'always' : said.join(' and ');
}

function given(condition: Condition): (keyof Condition)[] {
  return names.filter((name) => condition[name] !== undefined);
}
