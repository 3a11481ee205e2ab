import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { eq } from 'drizzle-orm';
import { signatureHeaders } from '../src/crypto/webhook-secrets.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { webhooks } from '../src/db/schema/webhooks.ts';
import {
  backlogOf,
  claimDelivery,
  type DeliveryRow,
  recordDeliveryAttempt,
} from '../src/db/webhook-deliveries.ts';
import { findWebhook, openSecrets } from '../src/db/webhooks.ts';
import { type DeliveryState, type pauses, waitAfter } from '../src/domain/webhooks.ts';
import type { Answer, Sender } from '../src/webhooks/sender.ts';
import type { Dependencies } from './dependencies.ts';

/** What waits for an endpoint, as its workflow needs to know it. */
export interface Backlog {
  waiting: number;
  /** When the first of it is due, ISO 8601; null when nothing waits. */
  nextAt: string | null;
  /** How the attempt that was made ended; null when none was due. */
  answer: string | null;
}

export type WebhookActivities = ReturnType<typeof createWebhookActivities>;

/** Activities that talk to the servers of others; they have a task queue of their own, so that nobody waits behind them. */
export function createWebhookActivities({
  db,
  masterKeys,
  sender,
}: Pick<Dependencies, 'db' | 'masterKeys'> & { sender: Sender }) {
  return {
    /**
     * Makes one attempt at the delivery to an endpoint that has been due the longest, and writes down how it ended. Cut
     * off between the receiver's yes and our record, the next attempt repeats it under the same `webhook-id`. Failing to
     * deliver is an outcome, not a failure of this activity.
     * @param now the workflow's time, ISO 8601, by which attempts are due
     */
    async deliverNext(webhookId: string, now: string): Promise<Backlog> {
      const beats = setInterval(heartbeat, 2_000);
      return attempt(webhookId, new Date(now)).finally(() => clearInterval(beats));
    },
  };

  async function attempt(webhookId: string, now: Date): Promise<Backlog> {
    const claim = await db.transaction((tx) => claimDelivery(tx, webhookId, now));
    if (!claim) return { ...(await look(webhookId)), answer: null };
    const { delivery, url } = claim;
    const body = JSON.stringify({
      type: delivery.type,
      timestamp: delivery.occurredAt.toISOString(),
      data: delivery.data,
    });
    const secrets = await openSecrets(db, masterKeys, webhookId);
    const headers = signatureHeaders(secrets, delivery.eventId, new Date(), body);
    const answer = await sender.post(url, headers, body, cancellationSignal());
    await db.transaction((tx) => record(tx, delivery, answer, now));
    return { ...(await look(webhookId)), answer: answer.words };
  }

  async function look(webhookId: string) {
    const { waiting, nextAt } = await backlogOf(db, webhookId);
    return { waiting, nextAt: nextAt?.toISOString() ?? null };
  }
}

async function record(tx: Transaction, delivery: DeliveryRow, answer: Answer, now: Date): Promise<void> {
  const { webhookId } = delivery;
  const { status = 0, words, retryAfterMs } = answer;
  const succeeded = status >= 200 && status < 300;
  const failures = delivery.failures + (succeeded ? 0 : 1);
  const wait = succeeded ? undefined : waitAfter(failures, Math.random(), retryAfterMs);
  const state: DeliveryState = succeeded ? 'delivered' : wait === undefined ? 'failed' : 'pending';
  const at = wait === undefined ? undefined : new Date(now.getTime() + wait);
  await recordDeliveryAttempt(tx, delivery, { succeeded, answer: words }, { state, failures, at });
  if (succeeded) {
    await tx.update(webhooks).set({ lastDeliveredAt: now }).where(eq(webhooks.id, webhookId));
  } else if (status === 410) {
    await pause(tx, webhookId, 'gone', words);
  } else if (state === 'failed') {
    const webhook = await findWebhook(tx, webhookId);
    const { lastDeliveredAt } = webhook ?? {};
    // Nothing came through in all the days that this one was tried: the endpoint fails, not the event.
    const since = delivery.firstAttemptAt ?? now;
    if (!lastDeliveredAt || lastDeliveredAt < since) await pause(tx, webhookId, 'failing', words);
  }
}

/** Switches an endpoint off; what happens to applications from now on waits until somebody switches it on again. */
async function pause(
  tx: Transaction,
  id: string,
  why: (typeof pauses)[number],
  answer: string,
): Promise<void> {
  const [webhook] = await tx.select().from(webhooks).where(eq(webhooks.id, id)).for('update');
  if (!webhook?.enabled) return;
  await tx
    .update(webhooks)
    .set({ enabled: false, pausedBecause: why, revision: webhook.revision + 1 })
    .where(eq(webhooks.id, id));
  await appendAudit(tx, {
    action: 'webhook.paused',
    actor: 'keygrant',
    via: null,
    subject: { type: 'webhook', id },
    requestId: null,
    details: { why, answer },
  });
}
