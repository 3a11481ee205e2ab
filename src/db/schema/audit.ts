import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';

/**
 * Append-only and hash-chained; the service's role may insert and read, nothing else, and triggers bind the owner. The one
 * exception: `personal` and `salt` of old rows can be emptied, where a row of the chain tells of it.
 */
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
    /** What may stay for ever: ids, numbers, words of our own. */
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    hash: text().notNull(),
    /** How its text is made; rows of format 1, of before there was retention, hold everything in `details`. */
    format: integer().notNull().default(1),
    /** Names, addresses, what people wrote; null where there is none, or no more. */
    personal: jsonb().$type<Record<string, unknown>>(),
    /** Hides `personal` in its commitment: without it no guess can be checked. Goes when `personal` goes. */
    salt: text(),
    /** SHA-256 of `salt` and `personal`, which `hash` covers in their place, so that the chain outlives them. */
    commitment: text(),
  },
  (t) => [
    index('audit_by_subject').on(t.subjectType, t.subjectId, t.seq),
    // What happened to a key stands in the trails of several applications, and in its own.
    index('audit_by_key')
      .on(sql`(${t.details} ->> 'key')`, t.seq)
      .where(sql`${t.details} ->> 'key' is not null`),
    // Of deleted drafts the trail is all that is left; retention looks for them.
    index('audit_deleted_drafts').on(t.at).where(sql`${t.action} = 'application.deleted'`),
  ],
);

/** Signed statements of where the chain stood: append-only, too, and each is told of in the chain. */
export const auditCheckpoints = pgTable('audit_checkpoints', {
  /** How many rows the chain had. */
  rows: bigint({ mode: 'number' }).primaryKey(),
  at: moment().notNull(),
  /** The signed note, to be kept elsewhere, too. */
  note: text().notNull(),
});
