import { sql } from 'drizzle-orm';
import { check, index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt, moment } from './columns.ts';
import { people } from './people.ts';

/** Who decides in whose place for a time. Never deleted: decisions were made by them. */
export const delegations = pgTable(
  'delegations',
  {
    id: text().primaryKey(),
    delegatorId: text()
      .notNull()
      .references(() => people.id),
    deputyId: text()
      .notNull()
      .references(() => people.id),
    startsAt: moment().notNull(),
    /** Moved forward when it is ended early. */
    endsAt: moment().notNull(),
    reason: text(),
    createdBy: text()
      .notNull()
      .references(() => people.id),
    createdAt: createdAt(),
  },
  (t) => [
    check('delegations_period', sql`${t.endsAt} >= ${t.startsAt}`),
    check('delegations_other', sql`${t.deputyId} <> ${t.delegatorId}`),
    index('delegations_by_deputy').on(t.deputyId, t.endsAt),
    index('delegations_by_delegator').on(t.delegatorId, t.endsAt),
  ],
);
