import type { Language } from './languages.ts';

/** What an application asks for: a new key, a change of a live one (same pair), or its end. */
export const applicationKinds = ['apply', 'update', 'revoke'] as const;
export type ApplicationKind = (typeof applicationKinds)[number];

const words: Record<Language, Record<ApplicationKind, string>> = {
  en: {
    apply: 'an API key',
    update: 'a change of an API key',
    revoke: 'the revocation of an API key',
  },
  'zh-TW': { apply: 'API 金鑰', update: '變更 API 金鑰', revoke: '註銷 API 金鑰' },
};

/** How people call what is asked for. */
export function kindInWords(kind: ApplicationKind, language: Language): string {
  return words[language][kind];
}
