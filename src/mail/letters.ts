import { kindInWords } from '../domain/kinds.ts';
import type { Language } from '../domain/languages.ts';
import type { MailKind } from '../domain/mails.ts';
import { quotaInWords } from '../domain/quota.ts';
import { english } from './built-in/en.ts';
import { traditionalChinese } from './built-in/zh-tw.ts';
import type { MailFacts } from './facts.ts';
import { factsTable, letter } from './layout.ts';
import type { Message } from './mailer.ts';
import type { Details } from './placeholders.ts';
import { blocksOf, subjectOf, type Template } from './template.ts';

/** The templates that count until an admin stores others. */
export const builtIn: Record<Language, Record<MailKind, Template>> = {
  en: english,
  'zh-TW': traditionalChinese,
};

/** Writes a mail of one kind: its template, filled with the facts of the application and the details of the kind. */
export function write<K extends MailKind>(
  kind: K,
  facts: MailFacts,
  details: Details<K>,
  language: Language,
  template: Template = builtIn[language][kind],
): Message {
  const { apis: _, quota, kind: asked, ...plain } = facts;
  const values: Record<string, string> = {
    ...plain,
    asksFor: kindInWords(asked, language),
    update: asked === 'update' ? asked : '',
    revoke: asked === 'revoke' ? asked : '',
    quota: quotaInWords(quota, language),
    ...details,
  };
  const blocks = blocksOf(template, values, factsTable(facts, language));
  return letter(facts.brand, subjectOf(template, values), blocks, language);
}
