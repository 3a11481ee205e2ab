import { type CalendarDate, daysFrom } from './dates.ts';
import { type ApplicationKind, kindInWords } from './kinds.ts';
import type { Language, Words } from './languages.ts';
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
    words: Record<Language, (value: Parts[P]) => string>;
  };
};

const listed = (ids: readonly string[]) => ids.join(' or ');
const daysOf = ({ effectiveOn, expiresOn }: Circumstances) =>
  effectiveOn === null || expiresOn === null ? undefined : daysFrom(effectiveOn, expiresOn);

const parts: Part = {
  kinds: {
    holds: (kinds, { kind }) => kinds.includes(kind),
    words: {
      en: (kinds) => `its kind is ${listed(kinds)}`,
      'zh-TW': (kinds) => `申請的是${kinds.map((kind) => kindInWords(kind, 'zh-TW')).join('或')}`,
    },
  },
  clientIds: {
    holds: (ids, { clientId }) => clientId !== null && ids.includes(clientId),
    words: {
      en: (ids) => `its client is ${listed(ids)}`,
      'zh-TW': (ids) => `用戶端為 ${ids.join(' 或 ')}`,
    },
  },
  quotaUpTo: {
    holds: (most, { quota }) => quota !== null && isWithin(quota, most),
    words: {
      en: (most) => `its quota is at most ${most.toLocaleString('en')} calls`,
      'zh-TW': (most) => `配額不超過 ${most.toLocaleString('en')} 次呼叫`,
    },
  },
  quotaOver: {
    holds: (most, { quota }) => quota !== null && !isWithin(quota, most),
    words: {
      en: (most) => `its quota is over ${most.toLocaleString('en')} calls`,
      'zh-TW': (most) => `配額超過 ${most.toLocaleString('en')} 次呼叫`,
    },
  },
  validityUpToDays: {
    holds: (most, of) => (daysOf(of) ?? Number.POSITIVE_INFINITY) <= most,
    words: {
      en: (most) => `it is valid for at most ${most} days`,
      'zh-TW': (most) => `有效期間不超過 ${most} 天`,
    },
  },
  validityOverDays: {
    holds: (most, of) => (daysOf(of) ?? 0) > most,
    words: {
      en: (most) => `it is valid for more than ${most} days`,
      'zh-TW': (most) => `有效期間超過 ${most} 天`,
    },
  },
  onlyApis: {
    holds: (ids, { apiIds }) => apiIds.length > 0 && apiIds.every((id) => ids.includes(id)),
    words: {
      en: (ids) => `it asks for no other API than ${ids.join(', ')}`,
      'zh-TW': (ids) => `申請的 API 只有 ${ids.join('、')}`,
    },
  },
  anyApi: {
    holds: (ids, { apiIds }) => apiIds.some((id) => ids.includes(id)),
    words: {
      en: (ids) => `it asks for ${listed(ids)}`,
      'zh-TW': (ids) => `申請的 API 包含 ${ids.join(' 或 ')}`,
    },
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
export function firstThatHolds(
  conditions: readonly Condition[],
  of: Circumstances,
  language: Language,
): string | undefined {
  const met = conditions.find((condition) => holds(condition, of));
  return met && inWords(met, language);
}

const always: Words = { en: 'always', 'zh-TW': '一律略過' };
const and: Words = { en: ' and ', 'zh-TW': '，且' };

function inWords(condition: Condition, language: Language): string {
  const said = given(condition).map((name) =>
    (parts[name].words[language] as (v: unknown) => string)(condition[name]),
  );
  return said.length === 0 ? always[language] : said.join(and[language]);
}

function given(condition: Condition): (keyof Condition)[] {
  return names.filter((name) => condition[name] !== undefined);
}
