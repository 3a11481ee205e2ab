import type { ReactNode } from 'react';
import { IntlProvider, useLocale, useMessages, useTimeZone } from 'use-intl';
import type { English } from './en/index.ts';

/** Around a screen whose English comes with it, since most people never open it. Other languages are loaded as a whole. */
export function ScreenWords({ words, children }: { words: Partial<English>; children: ReactNode }) {
  const messages = useMessages();
  const timeZone = useTimeZone();
  return (
    <IntlProvider
      locale={useLocale()}
      messages={{ ...words, ...messages }}
      {...(timeZone !== undefined && { timeZone })}
    >
      {children}
    </IntlProvider>
  );
}
