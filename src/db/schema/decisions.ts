import { sql } from 'drizzle-orm';
import { type AnyPgColumn, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { deliveryActs, interventions, verdicts } from '../../domain/decision.ts';
import { applications } from './applications.ts';
import { createdAt } from './columns.ts';
import { people } from './people.ts';

const counts = (t: { outcome: AnyPgColumn; level: AnyPgColumn }) =>
  sql`${t.outcome} = 'recorded' and ${t.level} is not null`;

/**
 * Every decision signal that a workflow received and what became of it: `recorded`, or the problem for which it
 * changed nothing.
 */
export const decisions = pgTable(
  'decisions',
  {
    /** `<workflow run>/<number of the signal in it>`: makes recording the same signal twice one recording. */
    signal: text().primaryKey(),
    applicationId: text()
      .notNull()
      .references(() => applications.id),
    outcome: text().notNull(),
    /** What follows is null where the signal held no genuine decision: a forger must not occupy a real one's id. */
    decisionId: text(),
    personId: text().references(() => people.id),
    /** In whose place, by delegation; null for their own. */
    delegatorId: text().references(() => people.id),
    round: integer(),
    /** The level of a verdict; null for interventions, which may come from one person more than once. */
    level: integer(),
    act: text({ enum: [...verdicts, ...interventions, ...deliveryActs] }),
    comment: text(),
    createdAt: createdAt(),
  },
  (t) => [
    // One person decides a level once, and each voice is given once, by whomever.
    uniqueIndex('decisions_once_a_person').on(t.applicationId, t.round, t.level, t.personId).where(counts(t)),
    uniqueIndex('decisions_once_a_voice')
      .on(t.applicationId, t.round, t.level, sql`coalesce(${t.delegatorId}, ${t.personId})`)
      .where(counts(t)),
    index('decisions_by_id').on(t.decisionId),
    // What somebody has reviewed.
    index('decisions_by_person').on(t.personId, t.applicationId),
    // Every signal of an application, for its trail.
    index('decisions_by_application').on(t.applicationId),
  ],
);
