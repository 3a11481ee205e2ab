/** The languages that mails are written in, as BCP 47 tags. */
export const languages = ['en', 'zh-TW'] as const;
export type Language = (typeof languages)[number];
