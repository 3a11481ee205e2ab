import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { IntlProvider } from 'use-intl';
import { type English, first as firstEnglish } from './en/index.ts';
import { chosenLocale, keepLocale, type Locale } from './locale.ts';
import type { Messages } from './messages.ts';

const Choice = createContext<{ locale: Locale; choose: (locale: Locale) => Promise<void> } | undefined>(
  undefined,
);

/** The language of the page, and how to change it. */
export function useLocaleChoice() {
  const choice = use(Choice);
  if (!choice) throw new Error('there is no Languages around this');
  return choice;
}

/** Words, dates and numbers of everything inside, in the chosen language. */
export function Languages({ first, children }: { first: Messages; children: ReactNode }) {
  const queries = useQueryClient();
  const [{ locale, messages }, setChosen] = useState({ locale: chosenLocale(), messages: first });
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const choice = useMemo(
    () => ({
      locale,
      async choose(next: Locale) {
        const loaded = await loadMessages(next);
        keepLocale(next);
        setChosen({ locale: next, messages: loaded });
        // The API answers in words, too.
        await queries.invalidateQueries();
      },
    }),
    [locale, queries],
  );
  return (
    <Choice value={choice}>
      <I18nProvider locale={locale === 'en' ? 'en-GB' : locale}>
        <IntlProvider locale={locale} messages={messages as English} timeZone={timeZone}>
          {children}
        </IntlProvider>
      </I18nProvider>
    </Choice>
  );
}

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The messages of a language; English is there but for what comes with its screen, others are loaded when they are wanted. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return locale === 'en' ? (firstEnglish as unknown as Messages) : (await import('./zh-tw/index.ts')).zhTw;
}
