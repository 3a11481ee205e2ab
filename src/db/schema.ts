import { type SQL, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { apiMethods } from '../domain/apis.ts';
import { applicationStates } from '../domain/application-states.ts';
import { interventions, verdicts } from '../domain/decision.ts';
import type { ProblemCode } from '../domain/errors.ts';
import { mailKinds, mailStates } from '../domain/mails.ts';

// The tables, each with the reason for its constraints. Where a rule can be a constraint it is one, so that no two
// processes, however they race, can break it. Names are snake_case in PostgreSQL (option `casing`).

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
const createdAt = () => moment().notNull().defaultNow();
/** Counts changes; the ETag of a resource, and the guard of every update. */
const revision = () => integer().notNull().default(1);
const oneOf = (column: SQL, values: readonly string[]) =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
/** Everybody with access, by the subject of their tokens. Never deleted: applications and audit rows name them. */
export const people = pgTable(
  'people',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    email: text().notNull(),
    roles: text().array().notNull().default([]),
    enabled: boolean().notNull().default(true),
    revision: revision(),
    createdAt: createdAt(),
  },
  (t) => [index('people_roles').using('gin', t.roles)],
);

/** The consumer applications that call APIs; keys belong to them and credentials go to their addresses. */
export const clients = pgTable(
  'clients',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    emails: text().array().notNull(),
    enabled: boolean().notNull().default(true),
    revision: revision(),
    createdAt: createdAt(),
  },
  (t) => [unique('clients_name').on(t.name)],
);

/** The registered APIs; only these can be applied for. */
export const apis = pgTable(
  'apis',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    method: text().notNull(),
    path: text().notNull(),
    upstreamUrl: text().notNull(),
    enabled: boolean().notNull().default(true),
    revision: revision(),
    createdAt: createdAt(),
  },
  (t) => [
    // Two APIs with one method and path could not be told apart by a gateway.
    unique('apis_method_path').on(t.method, t.path),
    check('apis_method', oneOf(sql`${t.method}`, apiMethods)),
  ],
);

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
    /** Counts submissions; 0 before the first. */
    round: integer().notNull().default(0),
    digest: text(),
    flowId: text(),
    flowVersion: integer(),
    level: integer(),
    /** When the open level opened, by the workflow's time. */
    levelSince: moment(),
    /** The first run of the workflow that carries this round: a second one cannot open it again. */
    workflowRun: text(),
    submittedAt: moment(),
    deliveryDueAt: moment(),
    /** Who holds the credentials' mail back; null while nobody does. */
    heldBy: text().references(() => people.id),
    /** Why the last submission was not opened for review, until the next edit or submission. */
    refusal: jsonb().$type<{ code: ProblemCode; message: string }>(),
    idempotencyKey: text(),
    /** SHA-256 of the request that the key came with, to tell a retry from a mistake. */
    idempotencyFingerprint: text(),
    revision: revision(),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.flowId, t.flowVersion], foreignColumns: [flows.id, flows.version] }),
    check('applications_state', oneOf(sql`${t.state}`, applicationStates)),
    check('applications_quota', sql`${t.quota} = -1 or ${t.quota} > 0`),
    check('applications_held', sql`${t.heldBy} is null or ${t.state} = 'issued'`),
    check('applications_level', sql`(${t.state} = 'pending') = (${t.level} is not null)`),
    // Whatever left the applicant's hands is complete; a race cannot submit half an application.
    check(
      'applications_complete',
      sql`${t.state} in ('draft', 'returned') or (${t.clientId} is not null and ${t.keyName} is not null
        and ${t.description} is not null and ${t.effectiveOn} is not null and ${t.expiresOn} is not null
        and ${t.quota} is not null and ${t.digest} is not null and ${t.flowId} is not null
        and ${t.expiresOn} >= ${t.effectiveOn})`,
    ),
    // A retry with the same Idempotency-Key never makes a second application.
    unique('applications_idempotency').on(t.applicantId, t.idempotencyKey),
    index('applications_by_applicant').on(t.applicantId, t.createdAt),
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
  ],
);

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

/** One row per message; its text is made when it is sent, so that no secret lies here. */
export const mails = pgTable(
  'mails',
  {
    id: text().primaryKey(),
    applicationId: text()
      .notNull()
      .references(() => applications.id),
    kind: text({ enum: mailKinds }).notNull(),
    round: integer().notNull(),
    /** The level that a review mail is about; 0 for the other kinds. */
    level: integer().notNull().default(0),
    recipients: text().array().notNull(),
    /** Recipients whom the SMTP server has accepted. */
    accepted: text().array().notNull().default([]),
    messageId: text().notNull(),
    state: text({ enum: mailStates }).notNull().default('queued'),
    attempts: integer().notNull().default(0),
    sentAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [
    // One mail for one occasion, and one Message-ID for one mail.
    unique('mails_occasion').on(t.applicationId, t.kind, t.round, t.level),
    unique('mails_message_id').on(t.messageId),
    check('mails_kind', oneOf(sql`${t.kind}`, mailKinds)),
    check('mails_state', oneOf(sql`${t.state}`, mailStates)),
  ],
);

/** Every attempt to send a mail. One without an answer was cut off, its outcome unknown. */
export const mailAttempts = pgTable(
  'mail_attempts',
  {
    mailId: text()
      .notNull()
      .references(() => mails.id),
    number: integer().notNull(),
    startedAt: moment().notNull().defaultNow(),
    endedAt: moment(),
    succeeded: boolean(),
    /** The SMTP server's last answer. */
    answer: text(),
  },
  (t) => [primaryKey({ columns: [t.mailId, t.number] })],
);

/** Append-only and hash-chained; the service's role may insert and read, nothing else, and a trigger binds the owner. */
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
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    hash: text().notNull(),
  },
  (t) => [index('audit_by_subject').on(t.subjectType, t.subjectId, t.seq)],
);
