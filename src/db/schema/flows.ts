import { sql } from 'drizzle-orm';
import { check, foreignKey, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';

/** Approval flows. A version never changes: an application keeps the one that it was submitted under. */
export const flows = pgTable(
  'flows',
  {
    id: text().notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.id, t.version] })],
);

export const flowLevels = pgTable(
  'flow_levels',
  {
    flowId: text().notNull(),
    flowVersion: integer().notNull(),
    level: integer().notNull(),
    name: text().notNull(),
    people: text().array().notNull(),
    roles: text().array().notNull(),
    approvals: integer().notNull().default(1),
    remindAfterHours: integer(),
    lapseAfterHours: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.flowId, t.flowVersion, t.level] }),
    check('flow_levels_approvals', sql`${t.approvals} > 0`),
    check('flow_levels_hours', sql`${t.remindAfterHours} > 0 and ${t.lapseAfterHours} > 0`),
    foreignKey({ columns: [t.flowId, t.flowVersion], foreignColumns: [flows.id, flows.version] }),
    // A level that nobody reviews would hold every application for ever.
    check('flow_levels_somebody', sql`cardinality(${t.people}) + cardinality(${t.roles}) > 0`),
  ],
);
