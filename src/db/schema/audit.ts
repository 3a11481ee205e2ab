import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/** Append-only and hash-chained; the service's role may insert and read, nothing else, and a trigger binds the owner. */
export const audit = pgTable(
  'audit',
  {
    // Given out without gaps by the writer, so that a missing row shows.
    seq: bigint({ mode: 'number' }).primaryKey(),
    at: moment().notNull(),
    action: text().notNull(),
    actor: text().notNull(),
    via: text(),
    subjectType: text().notNull(),
    subjectId: text().notNull(),
    requestId: text(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    hash: text().notNull(),
  },
  (t) => [index('audit_by_subject').on(t.subjectType, t.subjectId, t.seq)],
);
