/** The console's languages, by their tags. */
const locales = ['en', 'zh-TW'] as const;
export type Locale = (typeof locales)[number];

const kept = 'keygrant-locale';

/** The language that was chosen here before; else the browser's first one that is ours. */
export function chosenLocale(): Locale {
  const chosen = localStorage.getItem(kept);
  const wished = [chosen ?? [], navigator.languages].flat();
  for (const tag of wished) {
    if (/^zh\b/i.test(tag)) return 'zh-TW';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return 'en';
}

/** Keeps the choice on this device. */
export function keepLocale(locale: Locale): void {
  localStorage.setItem(kept, locale);
}
