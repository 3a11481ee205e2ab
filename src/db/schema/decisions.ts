import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { interventions, verdicts } from '../../domain/decision.ts';
import { applications } from './applications.ts';
import { createdAt } from './columns.ts';
import { people } from './people.ts';

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
    round: integer(),
    /** The level of a verdict; null for interventions, which may come from one person more than once. */
    level: integer(),
    act: text({ enum: [...verdicts, ...interventions] }),
    comment: text(),
    createdAt: createdAt(),
  },
  (t) => [
    // One person decides once a round.
    uniqueIndex('decisions_once_a_person')
      .on(t.applicationId, t.round, t.personId)
      .where(sql`${t.outcome} = 'recorded' and ${t.level} is not null`),
    index('decisions_by_id').on(t.decisionId),
    // What somebody has reviewed.
    index('decisions_by_person').on(t.personId, t.applicationId),
    // Every signal of an application, for its trail.
    index('decisions_by_application').on(t.applicationId),
  ],
);
