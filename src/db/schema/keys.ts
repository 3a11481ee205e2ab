import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { applications } from './applications.ts';
import { bytes, createdAt, moment, revision } from './columns.ts';
import { apis, clients } from './registry.ts';

/** Issued keys. Never deleted. */
export const keys = pgTable(
  'keys',
  {
    id: text().primaryKey(),
    applicationId: text()
      .notNull()
      .references(() => applications.id),
    clientId: text()
      .notNull()
      .references(() => clients.id),
    name: text().notNull(),
    /** The public half. */
    apiKey: text().notNull(),
    /** The secret half, sealed with AES-256-GCM under the master key of that version. */
    sealedSecret: bytes().notNull(),
    masterKeyVersion: integer().notNull(),
    effectiveOn: date({ mode: 'string' }).notNull(),
    expiresOn: date({ mode: 'string' }).notNull(),
    quota: integer().notNull(),
    /** How many calls have passed; counted only where the quota has a limit. */
    used: integer().notNull().default(0),
    /** From when on it opens nothing, whatever its dates say. */
    revokedAt: moment(),
    /** The last day on which it may sign by DGRK, which covers the body alone; null for no end. */
    dgrkUntil: date({ mode: 'string' }),
    revision: revision(),
    createdAt: createdAt(),
  },
  (t) => [
    // One key per application, whatever is retried or raced.
    unique('keys_application').on(t.applicationId),
    unique('keys_api_key').on(t.apiKey),
    check('keys_quota', sql`${t.quota} = -1 or ${t.quota} > 0`),
    check('keys_used', sql`${t.used} >= 0 and (${t.quota} = -1 or ${t.used} <= ${t.quota})`),
    index('keys_by_client').on(t.clientId),
  ],
);

/** Which APIs a key opens. */
export const keyApis = pgTable(
  'key_apis',
  {
    keyId: text()
      .notNull()
      .references(() => keys.id),
    apiId: text()
      .notNull()
      .references(() => apis.id),
  },
  (t) => [primaryKey({ columns: [t.keyId, t.apiId] })],
);
