/** The languages that Keygrant speaks, in mails and in its API, as BCP 47 tags. */
export const languages = ['en', 'zh-TW'] as const;
export type Language = (typeof languages)[number];

/** One text in every language. */
export type Words = Readonly<Record<Language, string>>;
