import { and, arrayContains, asc, desc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { newId } from '../crypto/ids.ts';
import type { DeliveryState } from '../domain/webhooks.ts';
import { deliveriesKeptDays, testEvent } from '../domain/webhooks.ts';
import type { Queryable, Transaction } from './database.ts';
import { people } from './schema/people.ts';
import { webhookAttempts, webhookDeliveries, webhooks } from './schema/webhooks.ts';

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

const deliveries = webhookDeliveries;
const of = (webhookId: string, eventId: string) =>
  and(eq(deliveries.webhookId, webhookId), eq(deliveries.eventId, eventId));

/** An endpoint that may be told: neither it nor its portal is switched off. */
const active = and(
  eq(webhooks.enabled, true),
  or(isNull(webhooks.portalId), and(eq(people.enabled, true), arrayContains(people.roles, ['portal']))),
);

/** Queues an event for one endpoint alone, to try it. */
export async function queueTest(tx: Transaction, webhookId: string): Promise<DeliveryRow> {
  const eventId = `${newId('webhookEvent')}_0`;
  const [row] = await tx
    .insert(deliveries)
    .values({ webhookId, eventId, type: testEvent, data: { webhookId } })
    .returning();
  if (!row) throw new Error('the test was not queued');
  return row;
}

/**
 * Queues a delivery again under the same event id, for a whole new series of attempts; undefined where there is none.
 * @param now so that it is due at once
 */
export async function queueAgain(
  tx: Transaction,
  webhookId: string,
  eventId: string,
): Promise<DeliveryRow | undefined> {
  const [row] = await tx
    .update(deliveries)
    .set({ state: 'pending', failures: 0, firstAttemptAt: null, nextAttemptAt: new Date() })
    .where(of(webhookId, eventId))
    .returning();
  return row;
}

/** Endpoints that something waits for. */
export async function waitingWebhooks(db: Queryable): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: deliveries.webhookId })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .leftJoin(people, eq(people.id, webhooks.portalId))
    .where(and(eq(deliveries.state, 'pending'), active));
  return rows.map(({ id }) => id);
}

/** What waits for an endpoint, and when the first of it is due; none where the endpoint is switched off. */
export async function backlogOf(
  db: Queryable,
  webhookId: string,
): Promise<{ waiting: number; nextAt: Date | null }> {
  const [row] = await db
    .select({
      waiting: sql<number>`count(*)::int`,
      nextAt: sql<string | null>`min(${deliveries.nextAttemptAt})`,
    })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .leftJoin(people, eq(people.id, webhooks.portalId))
    .where(and(eq(deliveries.webhookId, webhookId), eq(deliveries.state, 'pending'), active));
  return { waiting: row?.waiting ?? 0, nextAt: row?.nextAt ? new Date(row.nextAt) : null };
}

/**
 * Claims the delivery that has been due the longest for one attempt, and opens the attempt's row; undefined when none is
 * due, or the endpoint is switched off.
 * @param now the workflow's time
 */
export async function claimDelivery(
  tx: Transaction,
  webhookId: string,
  now: Date,
): Promise<{ delivery: DeliveryRow; url: string } | undefined> {
  const [due] = await tx
    .select({ eventId: deliveries.eventId, url: webhooks.url })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .leftJoin(people, eq(people.id, webhooks.portalId))
    .where(
      and(
        eq(deliveries.webhookId, webhookId),
        eq(deliveries.state, 'pending'),
        lte(deliveries.nextAttemptAt, now),
        active,
      ),
    )
    .orderBy(asc(deliveries.nextAttemptAt), asc(deliveries.occurredAt))
    .limit(1)
    .for('update', { of: deliveries });
  if (!due) return undefined;
  const [delivery] = await tx
    .update(deliveries)
    .set({
      attempts: sql`${deliveries.attempts} + 1`,
      firstAttemptAt: sql`coalesce(${deliveries.firstAttemptAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(of(webhookId, due.eventId))
    .returning();
  if (!delivery) return undefined;
  await tx
    .insert(webhookAttempts)
    .values({ webhookId, eventId: delivery.eventId, number: delivery.attempts });
  return { delivery, url: due.url };
}

/**
 * Writes down how an attempt ended, and what that means for its delivery. One that was delivered by another attempt
 * meanwhile stays delivered.
 * @param next when the next attempt is due; undefined when there is none
 */
export async function recordDeliveryAttempt(
  tx: Transaction,
  { webhookId, eventId, attempts }: DeliveryRow,
  attempt: { succeeded: boolean; answer: string },
  next: { state: DeliveryState; failures: number; at?: Date | undefined },
): Promise<void> {
  await tx
    .update(webhookAttempts)
    .set({ endedAt: new Date(), ...attempt })
    .where(
      and(
        eq(webhookAttempts.webhookId, webhookId),
        eq(webhookAttempts.eventId, eventId),
        eq(webhookAttempts.number, attempts),
      ),
    );
  await tx
    .update(deliveries)
    .set({
      failures: next.failures,
      ...(next.state === 'pending' ? {} : { state: next.state }),
      ...(next.at ? { nextAttemptAt: next.at } : {}),
    })
    .where(and(of(webhookId, eventId), eq(deliveries.state, 'pending')));
}

/** The log of an endpoint, newest first, one more than the limit where there are more. */
export async function listDeliveries(
  db: Queryable,
  webhookId: string,
  {
    limit,
    after,
    state,
  }: { limit: number; after?: { moment: string; id: string } | undefined; state?: DeliveryState | undefined },
) {
  const rows = await db
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.webhookId, webhookId),
        state && eq(deliveries.state, state),
        after &&
          sql`(${deliveries.occurredAt}, ${deliveries.eventId}) < (${after.moment}::timestamptz, ${after.id}::text)`,
      ),
    )
    .orderBy(desc(deliveries.occurredAt), desc(deliveries.eventId))
    .limit(limit + 1);
  return withAttempts(db, rows);
}

/** Deliveries of one endpoint with their attempts. */
export async function withAttempts(db: Queryable, rows: readonly DeliveryRow[]) {
  const [first] = rows;
  const attempts = first
    ? await db
        .select()
        .from(webhookAttempts)
        .where(
          and(
            eq(webhookAttempts.webhookId, first.webhookId),
            inArray(
              webhookAttempts.eventId,
              rows.map(({ eventId }) => eventId),
            ),
          ),
        )
        .orderBy(asc(webhookAttempts.number))
    : [];
  return rows.map((delivery) => ({
    delivery,
    attempts: attempts.filter(({ eventId }) => eventId === delivery.eventId),
  }));
}

/** Deletes what is older than deliveries are kept. */
export async function deleteOldDeliveries(db: Queryable): Promise<void> {
  await db
    .delete(deliveries)
    .where(sql`${deliveries.occurredAt} < now() - make_interval(days => ${deliveriesKeptDays})`);
}
