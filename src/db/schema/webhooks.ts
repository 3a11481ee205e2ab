import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import { deliveryStates, pauses, type WebhookEventType } from '../../domain/webhooks.ts';
import { applications } from './applications.ts';
import { bytes, createdAt, moment, oneOf, revision } from './columns.ts';
import { people } from './people.ts';

/** Where portals want to be told of changes. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: text().primaryKey(),
    /** Whose applications it is told of: those that this portal wrote; null for all. */
    portalId: text().references(() => people.id),
    url: text().notNull(),
    description: text().notNull().default(''),
    /** Types of events that it wants; empty for all. */
    types: text().array().$type<WebhookEventType[]>().notNull().default([]),
    /** While false it gets nothing, and what happens meanwhile waits. */
    enabled: boolean().notNull().default(true),
    pausedBecause: text({ enum: pauses }),
    /** By the time of its workflow. */
    lastDeliveredAt: moment(),
    revision: revision(),
    createdAt: createdAt(),
  },
  (t) => [
    check('webhooks_paused', sql`${t.enabled} = (${t.pausedBecause} is null)`),
    check('webhooks_pauses', oneOf(sql`${t.pausedBecause}`, pauses)),
    index('webhooks_by_portal').on(t.portalId),
  ],
);

/** What deliveries to an endpoint are signed with: its newest secret, and those that were replaced a moment ago. */
export const webhookSecrets = pgTable(
  'webhook_secrets',
  {
    id: text().primaryKey(),
    webhookId: text()
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    sealedSecret: bytes().notNull(),
    masterKeyVersion: integer().notNull(),
    /** Null for the one that was not replaced. */
    expiresAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [index('webhook_secrets_by_webhook').on(t.webhookId)],
);

/**
 * One event for one endpoint. Made by the trigger `applications_tell_webhooks` in the transaction of the change, whatever
 * code makes it, so that no change goes untold and none that was rolled back is told. Kept for a while as the log of what
 * was sent.
 */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    webhookId: text()
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    /** The `webhook-id`: `evt_<application>_<revision>`, the same for all endpoints and attempts. */
    eventId: text().notNull(),
    /** Null for tests. */
    applicationId: text().references(() => applications.id),
    type: text().$type<WebhookEventType>().notNull(),
    /** Ids and words of ours only. */
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    occurredAt: moment().notNull().default(sql`clock_timestamp()`),
    state: text({ enum: deliveryStates }).notNull().default('pending'),
    /** When the next attempt is due, by the time of the endpoint's workflow. */
    nextAttemptAt: moment().notNull().default(sql`clock_timestamp()`),
    /** Since it was queued or asked for again, by the same time. */
    firstAttemptAt: moment(),
    /** Attempts that failed since it was queued or asked for again. */
    failures: integer().notNull().default(0),
    /** All attempts ever made. */
    attempts: integer().notNull().default(0),
  },
  (t) => [
    // One event is one delivery to an endpoint.
    primaryKey({ columns: [t.webhookId, t.eventId] }),
    check('webhook_deliveries_state', oneOf(sql`${t.state}`, deliveryStates)),
    index('webhook_deliveries_log').on(t.webhookId, t.occurredAt, t.eventId),
    index('webhook_deliveries_due').on(t.webhookId, t.nextAttemptAt).where(sql`${t.state} = 'pending'`),
  ],
);

/** Every attempt to deliver. One without an answer was cut off, its outcome unknown. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    webhookId: text().notNull(),
    eventId: text().notNull(),
    number: integer().notNull(),
    startedAt: moment().notNull().defaultNow(),
    endedAt: moment(),
    succeeded: boolean(),
    /** The HTTP status, or why there was none. Never anything that the receiver wrote. */
    answer: text(),
  },
  (t) => [
    primaryKey({ columns: [t.webhookId, t.eventId, t.number] }),
    foreignKey({
      columns: [t.webhookId, t.eventId],
      foreignColumns: [webhookDeliveries.webhookId, webhookDeliveries.eventId],
    }).onDelete('cascade'),
  ],
);
