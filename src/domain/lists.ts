import type { Language } from './languages.ts';

/** Names of which one is enough, as a sentence lists them: `Ben, Cleo or Bea`. */
export function anyOf(names: readonly string[], language: Language): string {
  return joined(names, { en: [', ', ' or '], 'zh-TW': ['、', ' 或 '] }[language]);
}

/** Names that belong together: `Ben, Cleo and Bea`. */
export function allOf(names: readonly string[], language: Language): string {
  return joined(names, { en: [', ', ' and '], 'zh-TW': ['、', ' 與 '] }[language]);
}

/** Names within a sentence: Chinese, which has no spaces of its own, sets them off. */
export function spaced(names: string, language: Language): string {
  return { en: names, 'zh-TW': ` ${names} ` }[language];
}

function joined(names: readonly string[], [comma, last]: string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(comma)}${last}${names.at(-1)}`;
}
