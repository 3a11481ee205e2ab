import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { keyActs as acts } from '../../domain/key-acts.ts';
import { suspensions } from '../../domain/key-states.ts';
import { applications } from './applications.ts';
import { bytes, createdAt, moment, oneOf, revision } from './columns.ts';
import { people } from './people.ts';
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
    /** Since when it opens nothing until somebody resumes it; null while it is not suspended. By the workflow's time. */
    suspendedAt: moment(),
    suspendedBy: text().references(() => people.id),
    suspendedFor: text({ enum: suspensions }),
    suspensionComment: text(),
    /** The last day on which it may sign by DGRK, which covers the body alone; null for no end. */
    dgrkUntil: date({ mode: 'string' }),
    /** Counts its secrets: each is shown by a link at most once. */
    secretNumber: integer().notNull().default(1),
    /** Counts what was approved: an application about it is carried out only on the revision that its reviewers saw. */
    revision: revision(),
    /** Counts what else happens to it: suspensions, new secrets, its end. */
    lifeRevision: integer().notNull().default(1),
    /** When its last day was set, by the workflow's time: nobody is reminded of what was past then. */
    expirySetAt: moment().notNull().defaultNow(),
    /** When its workflow found that its last day is over, and put that on record; null again if it is prolonged. */
    expiredAt: moment(),
    /** Something has changed that its workflow has not looked at yet: set with the change, cleared by the look. */
    attention: boolean().notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [
    // One key per application, whatever is retried or raced.
    unique('keys_application').on(t.applicationId),
    unique('keys_api_key').on(t.apiKey),
    check('keys_quota', sql`${t.quota} = -1 or ${t.quota} > 0`),
    check('keys_used', sql`${t.used} >= 0 and (${t.quota} = -1 or ${t.used} <= ${t.quota})`),
    check('keys_suspended', sql`(${t.suspendedAt} is null) = (${t.suspendedFor} is null)`),
    check('keys_suspended_by', sql`(${t.suspendedAt} is null) = (${t.suspendedBy} is null)`),
    check('keys_suspended_for', oneOf(sql`${t.suspendedFor}`, suspensions)),
    // What is over for good waits for nobody to resume it.
    check('keys_ended', sql`${t.revokedAt} is null or ${t.suspendedAt} is null`),
    index('keys_by_client').on(t.clientId),
    index('keys_attention').on(t.id).where(sql`${t.attention}`),
    // Whose workflow must be running.
    index('keys_living').on(t.id).where(sql`${t.revokedAt} is null and ${t.expiredAt} is null`),
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

/**
 * The secret that a key had before the newest: valid beside it until its grace is over. One a key, so that there is one
 * rotation at a time; deleted when it ends.
 */
export const formerSecrets = pgTable(
  'former_secrets',
  {
    keyId: text()
      .primaryKey()
      .references(() => keys.id),
    sealedSecret: bytes().notNull(),
    masterKeyVersion: integer().notNull(),
    /** By the workflow's time, as all of these. */
    rotatedAt: moment().notNull(),
    /** How long it stays valid once the new secret has been handed over; or after how many days without a use it ends. */
    graceMs: bigint({ mode: 'number' }),
    unusedDays: integer(),
    /** Whether the new secret was mailed or shown; until then nobody could do without this one. */
    handedOver: boolean().notNull().default(false),
    /** When the workflow learned that it was. */
    graceSince: moment(),
    /** From then on it opens nothing; null while that is not known. */
    endsAt: moment(),
    /** When a call that it signed last passed; some seconds late. */
    lastUsedAt: moment(),
  },
  (t) => [
    check('former_secrets_grace', sql`(${t.graceMs} is null) <> (${t.unusedDays} is null)`),
    check('former_secrets_since', sql`${t.graceSince} is null or ${t.handedOver}`),
  ],
);

/** Every signal that a key's workflow received and what became of it: `recorded`, or the problem for which it changed nothing. */
export const keyActs = pgTable(
  'key_acts',
  {
    /** `<workflow run>/<number of the signal in it>/<moment>`: makes recording the same signal twice one recording. */
    signal: text().primaryKey(),
    keyId: text()
      .notNull()
      .references(() => keys.id),
    outcome: text().notNull(),
    /** What follows is null where the signal held no genuine act: a forger must not occupy a real one's id. */
    actId: text(),
    personId: text().references(() => people.id),
    act: text({ enum: acts }),
    comment: text(),
    createdAt: createdAt(),
  },
  (t) => [index('key_acts_by_key').on(t.keyId), index('key_acts_by_id').on(t.actId)],
);

/** What was warned of: that a last day comes near, or that a quota is nearly used up. Each once, whoever asks again. */
export const keyWarnings = pgTable(
  'key_warnings',
  {
    keyId: text()
      .notNull()
      .references(() => keys.id),
    kind: text({ enum: ['expiry', 'quota'] }).notNull(),
    /** The last day, or the limit: another one is warned of anew. */
    about: text().notNull(),
    /** Milliseconds before the end, or percent of the limit. */
    threshold: bigint({ mode: 'number' }).notNull(),
    /** By the workflow's time. */
    at: moment().notNull(),
    /** Whether a mail was written: of several that come due together, the last alone is. */
    told: boolean().notNull(),
  },
  (t) => [primaryKey({ columns: [t.keyId, t.kind, t.about, t.threshold] })],
);
