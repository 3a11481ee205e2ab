import { en } from './en/index.ts';

/** The English messages say which there are; a language that lacks one does not compile. */
export type Messages = Words<typeof en>;

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

declare module 'use-intl' {
  interface AppConfig {
    Messages: typeof en;
    Locale: 'en' | 'zh-TW';
  }
}
