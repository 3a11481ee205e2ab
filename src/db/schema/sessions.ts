import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';

/** Who is signed in to the console. What the browser holds is a random token, of which there is only the digest here. */
export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the token, in hex. */
    tokenHash: text().primaryKey(),
    /** The subject of the ID token; the first admin need not be registered. */
    personId: text().notNull(),
    createdAt: createdAt(),
    /** To the minute. */
    seenAt: moment().notNull(),
    /** However much it is used. */
    endsAt: moment().notNull(),
  },
  (t) => [index('sessions_ends_at').on(t.endsAt)],
);
