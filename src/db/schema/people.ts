import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core';
import { languages } from '../../domain/languages.ts';
import { createdAt, revision } from './columns.ts';

/** Everybody with access, by the subject of their tokens. Never deleted: applications and audit rows name them. */
export const people = pgTable(
  'people',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    email: text().notNull(),
    roles: text().array().notNull().default([]),
    /** In which mails are written to them; null for the default. */
    language: text({ enum: languages }),
    enabled: boolean().notNull().default(true),
    revision: revision(),
    createdAt: createdAt(),
  },
  (t) => [index('people_roles').using('gin', t.roles)],
);
