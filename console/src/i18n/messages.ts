import type { English } from './en/index.ts';

/** The English messages say which there are; a language that lacks one does not compile. */
export type Messages = Words<English>;

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

declare module 'use-intl' {
  interface AppConfig {
    Messages: English;
    Locale: 'en' | 'zh-TW';
  }
}
