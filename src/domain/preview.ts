import { momentIn } from './dates.ts';
import type { ApplicationKind } from './kinds.ts';
import type { Language, Words } from './languages.ts';
import { allOf, anyOf, spaced } from './lists.ts';

/** One level of a preview. */
export interface PreviewedLevel {
  level: number;
  name: string;
  approvals: number;
  /** Why it is passed by; null where it is not. */
  skipped: string | null;
  /** Names of those who may decide it. */
  people: readonly string[];
}

/**
 * What an application would need, as a person would say it: `It would need Ben, then Cleo or Bea; …`.
 * @param mailAt when the mail would leave if everybody approved at once; undefined where there is none
 */
export function previewInWords(
  kind: ApplicationKind,
  levels: readonly PreviewedLevel[],
  mailAt: Date | undefined,
  zone: string,
  language: Language,
): string {
  const { unasked, asked, mailed, changed } = words[language];
  const deciding = levels.filter(({ skipped }) => skipped === null);
  const needs = deciding.length === 0 ? unasked : asked(deciding.map((level) => whom(level, language)));
  return kind === 'apply' && mailAt ? needs + mailed(momentIn(zone, mailAt)) : needs + changed(kind);
}

/** The parts of the sentence: who is needed, and what would come of it. */
interface Sentence {
  unasked: string;
  asked: (whom: readonly string[]) => string;
  mailed: (moment: string) => string;
  changed: (kind: ApplicationKind) => string;
}

const words: Record<Language, Sentence> = {
  en: {
    unasked: 'It would be approved at once, by nobody',
    asked: (whom) => `It would need ${whom.join(', then ')}`,
    mailed: (moment) => `; the mail would leave at ${moment} if that were done now.`,
    changed: (kind) =>
      `; the key would be ${kind === 'revoke' ? 'revoked' : 'changed'} at once, and no secret mailed.`,
  },
  'zh-TW': {
    unasked: '送審後會立即自動核准，不需要任何人審核',
    asked: (whom) => `需要${whom.join('，再由')}核准`,
    mailed: (moment) => `；如果現在就全部核准，憑證會在 ${moment} 寄出。`,
    changed: (kind) => `；核准後會立即${kind === 'revoke' ? '註銷' : '變更'}金鑰，不會寄出私鑰。`,
  },
};

const nobody: Words = { en: 'nobody who is there', 'zh-TW': '（目前沒有人）' };
const several = {
  en: (count: number, names: string) => `${count} of ${names}`,
  'zh-TW': (count: number, names: string) => `${names} 其中 ${count} 人`,
} as const;

function whom({ approvals, people }: PreviewedLevel, language: Language): string {
  if (people.length === 0) return nobody[language];
  const names =
    approvals > 1 ? several[language](approvals, allOf(people, language)) : anyOf(people, language);
  return spaced(names, language);
}
