import { sql } from 'drizzle-orm';
import { boolean, check, foreignKey, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Condition } from '../../domain/conditions.ts';
import { type Stopper, stoppers } from '../../domain/flows.ts';
import { type RepeatRule, repeatRules } from '../../domain/reviewers.ts';
import { createdAt, oneOf } from './columns.ts';

/** Approval flows. A version never changes: an application keeps the one that it was submitted under. */
export const flows = pgTable(
  'flows',
  {
    id: text().notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    /** Flows are asked in this order which of them applies. */
    priority: integer().notNull().default(100),
    appliesTo: jsonb().$type<Condition[]>().notNull().default([]),
    repeatedReviewers: text().$type<RepeatRule>().notNull().default('excluded'),
    stoppableBy: text()
      .array()
      .$type<Stopper[]>()
      .notNull()
      .default([...stoppers]),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.version] }),
    check('flows_repeated_reviewers', oneOf(sql`${t.repeatedReviewers}`, Object.keys(repeatRules))),
  ],
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
    denials: integer().notNull().default(1),
    commentRequired: boolean().notNull().default(false),
    remindAfterHours: integer(),
    escalateAfterHours: integer(),
    escalatePeople: text().array().notNull().default([]),
    escalateRoles: text().array().notNull().default([]),
    lapseAfterHours: integer(),
    denyAfterHours: integer(),
    skipWhen: jsonb().$type<Condition[]>().notNull().default([]),
  },
  (t) => [
    primaryKey({ columns: [t.flowId, t.flowVersion, t.level] }),
    check('flow_levels_approvals', sql`${t.approvals} > 0 and ${t.denials} > 0`),
    check(
      'flow_levels_hours',
      sql`${t.remindAfterHours} > 0 and ${t.escalateAfterHours} > 0 and ${t.lapseAfterHours} > 0 and ${t.denyAfterHours} > 0`,
    ),
    // An undecided application has one end.
    check('flow_levels_end', sql`${t.lapseAfterHours} is null or ${t.denyAfterHours} is null`),
    check(
      'flow_levels_escalation',
      sql`(${t.escalateAfterHours} is null) = (cardinality(${t.escalatePeople}) + cardinality(${t.escalateRoles}) = 0)`,
    ),
    foreignKey({ columns: [t.flowId, t.flowVersion], foreignColumns: [flows.id, flows.version] }),
    // A level that nobody reviews would hold every application for ever.
    check('flow_levels_somebody', sql`cardinality(${t.people}) + cardinality(${t.roles}) > 0`),
  ],
);
