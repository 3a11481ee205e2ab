import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { languages } from '../../domain/languages.ts';
import { mailKinds } from '../../domain/mails.ts';
import { createdAt } from './columns.ts';

/** What admins have written in place of the built-in mails. A version never changes; the newest counts. */
export const mailTemplates = pgTable(
  'mail_templates',
  {
    kind: text({ enum: mailKinds }).notNull(),
    language: text({ enum: languages }).notNull(),
    version: integer().notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.language, t.version] })],
);
