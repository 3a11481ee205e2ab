import { sql } from 'drizzle-orm';
import { bigint, check, date, index, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { moment } from './columns.ts';
import { keys } from './keys.ts';

/** Nonces of message signatures that have passed: none passes again. Deleted when their signatures are too old to. */
export const signatureNonces = pgTable(
  'signature_nonces',
  {
    // No reference: it would lock the key's row with every call, which counting its quota waits for.
    keyId: text().notNull(),
    nonce: text().notNull(),
    keptUntil: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.keyId, t.nonce] }), index('signature_nonces_kept_until').on(t.keptUntil)],
);

/** When a key last signed a call that passed, by scheme; written every few seconds, not with each call. */
export const keyUses = pgTable(
  'key_uses',
  {
    keyId: text()
      .notNull()
      .references(() => keys.id),
    scheme: text({ enum: ['dgrk', 'message'] }).notNull(),
    lastAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.keyId, t.scheme] })],
);

/**
 * How many calls were refused for what, by hour. Counted here until the hour is over and then told of in the audit trail, so
 * that strangers who call a million times make a few rows, and none that they could choose.
 */
export const refusedCalls = pgTable(
  'refused_calls',
  {
    /** When the hour began. */
    hour: moment().notNull(),
    /** Null where nobody's key was named. */
    keyId: text().references(() => keys.id),
    cause: text().notNull(),
    calls: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [
    unique('refused_calls_once').on(t.hour, t.keyId, t.cause).nullsNotDistinct(),
    check('refused_calls_some', sql`${t.calls} > 0`),
  ],
);

/** How many calls of a key passed and were refused on each day of the configured zone, for the last three months. */
export const keyCalls = pgTable(
  'key_calls',
  {
    keyId: text()
      .notNull()
      .references(() => keys.id),
    day: date({ mode: 'string' }).notNull(),
    passed: bigint({ mode: 'number' }).notNull(),
    refused: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.keyId, t.day] }), index('key_calls_by_day').on(t.day)],
);
