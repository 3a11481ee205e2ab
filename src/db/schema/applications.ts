import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { ApplicationContent, KeyAsIs } from '../../domain/application.ts';
import { applicationStates } from '../../domain/application-states.ts';
import { applicationKinds } from '../../domain/kinds.ts';
import type { Words } from '../../domain/languages.ts';
import type { ProblemCode } from '../../domain/problems.ts';
import { createdAt, moment, oneOf, revision } from './columns.ts';
import { flows } from './flows.ts';
import { people } from './people.ts';
import { apis, clients } from './registry.ts';

/** Applications, from draft to delivery. After submission only their own workflow changes them. */
export const applications = pgTable(
  'applications',
  {
    id: text().primaryKey(),
    applicantId: text()
      .notNull()
      .references(() => people.id),
    /** The portal that wrote it for the applicant. */
    portalId: text().references(() => people.id),
    kind: text({ enum: applicationKinds }).notNull().default('apply'),
    /** The key that is to be changed or revoked. Its foreign key is in the migrations: `keys` refers to this table. */
    keyId: text(),
    /** The key's revision at the submission; the change is carried out only on what its reviewers saw. */
    keyRevision: integer(),
    clientId: text().references(() => clients.id),
    keyName: text(),
    description: text(),
    effectiveOn: date({ mode: 'string' }),
    expiresOn: date({ mode: 'string' }),
    quota: integer(),
    state: text({ enum: applicationStates }).notNull().default('draft'),
    /** When it came into its state. */
    stateSince: moment().notNull().defaultNow(),
    /** Why it was rejected or returned. */
    reason: text(),
    /** The same in every language, where it was Keygrant that gave the reason; null where a person wrote it. */
    ownReason: jsonb().$type<Words>(),
    /** Counts submissions; 0 before the first. */
    round: integer().notNull().default(0),
    digest: text(),
    flowId: text(),
    flowVersion: integer(),
    level: integer(),
    /** When the open level opened, by the workflow's time. */
    levelSince: moment(),
    /** When the open level was escalated; null before. */
    escalatedAt: moment(),
    /** Names the round by the run of the workflow that it began with or followed: another one cannot open it again. */
    workflowRun: text(),
    submittedAt: moment(),
    deliveryDueAt: moment(),
    /** Who holds the credentials' mail back; null while nobody does. */
    heldBy: text().references(() => people.id),
    /** Why the last submission was not opened for review, until the next edit or submission. */
    refusal: jsonb().$type<{ code: ProblemCode; message: Words }>(),
    idempotencyKey: text(),
    /** SHA-256 of the request that the key came with, to tell a retry from a mistake. */
    idempotencyFingerprint: text(),
    revision: revision(),
    createdAt: createdAt(),
    /** When what people wrote in it was erased, years after its end. */
    erasedAt: moment(),
  },
  (t) => [
    foreignKey({ columns: [t.flowId, t.flowVersion], foreignColumns: [flows.id, flows.version] }),
    check('applications_state', oneOf(sql`${t.state}`, applicationStates)),
    check('applications_kind', oneOf(sql`${t.kind}`, applicationKinds)),
    check('applications_key', sql`(${t.kind} = 'apply') = (${t.keyId} is null)`),
    check('applications_quota', sql`${t.quota} = -1 or ${t.quota} > 0`),
    check('applications_held', sql`${t.heldBy} is null or ${t.state} = 'issued'`),
    check('applications_escalated', sql`${t.escalatedAt} is null or ${t.level} is not null`),
    check(
      'applications_own_reason',
      sql`${t.ownReason} is null or ${t.ownReason} ->> 'en' is not distinct from ${t.reason}`,
    ),
    check('applications_level', sql`(${t.state} = 'pending') = (${t.level} is not null)`),
    // Whatever left the applicant's hands is complete; a race cannot submit half an application.
    check(
      'applications_complete',
      sql`${t.state} in ('draft', 'returned') or ${t.erasedAt} is not null or (${t.clientId} is not null and ${t.keyName} is not null
        and ${t.description} is not null and ${t.effectiveOn} is not null and ${t.expiresOn} is not null
        and ${t.quota} is not null and ${t.digest} is not null and ${t.flowId} is not null
        and ${t.expiresOn} >= ${t.effectiveOn})`,
    ),
    // A retry with the same Idempotency-Key never makes a second application.
    unique('applications_idempotency').on(t.applicantId, t.idempotencyKey),
    // The approval history, newest submission first, and its export in the order of creation.
    index('applications_submitted').on(t.submittedAt, t.id),
    index('applications_created').on(t.createdAt, t.id),
    index('applications_by_key').on(t.keyId).where(sql`${t.keyId} is not null`),
    index('applications_by_applicant').on(t.applicantId, t.createdAt),
    // Counted by state at every scrape of the metrics, without a look at the rows.
    index('applications_by_state').on(t.state, t.stateSince),
    // The reviewers' inbox: what is pending, by flow and level.
    index('applications_pending').on(t.flowId, t.flowVersion, t.level).where(sql`${t.state} = 'pending'`),
  ],
);

/** Which APIs an application asks for. */
export const applicationApis = pgTable(
  'application_apis',
  {
    applicationId: text()
      .notNull()
      .references(() => applications.id, { onDelete: 'cascade' }),
    apiId: text()
      .notNull()
      .references(() => apis.id),
  },
  (t) => [primaryKey({ columns: [t.applicationId, t.apiId] })],
);

/** What was submitted in each round, as its reviewers saw it. */
export const submissions = pgTable(
  'submissions',
  {
    applicationId: text()
      .notNull()
      .references(() => applications.id),
    round: integer().notNull(),
    digest: text().notNull(),
    content: jsonb().$type<ApplicationContent>().notNull(),
    /** The key that is to be changed or revoked, as it was then. */
    keyBefore: jsonb().$type<KeyAsIs>(),
    submittedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.applicationId, t.round] })],
);
