import { and, asc, count, desc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm';
import { newId } from '../crypto/ids.ts';
import type { MasterKeys } from '../crypto/master-keys.ts';
import { open, seal } from '../crypto/secrets.ts';
import type { AuditEvent } from '../domain/audit.ts';
import { KeygrantError } from '../domain/errors.ts';
import { mostEndpoints, secretOverlapMs } from '../domain/webhooks.ts';
import { appendAudit } from './audit.ts';
import type { Database, Queryable, Transaction } from './database.ts';
import { webhookSecrets, webhooks } from './schema/webhooks.ts';

export type WebhookRow = typeof webhooks.$inferSelect;

/** What its owner writes. */
export type WebhookFields = Pick<WebhookRow, 'url' | 'description' | 'types' | 'enabled'>;

/** Adds an endpoint with a first secret. */
export async function addWebhook(
  db: Database,
  keys: MasterKeys,
  row: WebhookFields & { id: string; portalId: string | null },
  secret: string,
  event: AuditEvent,
): Promise<WebhookRow> {
  return db.transaction(async (tx) => {
    const same = row.portalId === null ? isNull(webhooks.portalId) : eq(webhooks.portalId, row.portalId);
    const [present] = await tx.select({ endpoints: count() }).from(webhooks).where(same);
    if ((present?.endpoints ?? 0) >= mostEndpoints) {
      throw new KeygrantError('too-many-webhooks', {
        en: `There are ${mostEndpoints} already; delete one first.`,
        'zh-TW': `已有 ${mostEndpoints} 個；請先刪除一個。`,
      });
    }
    const [added] = await tx
      .insert(webhooks)
      .values({ ...row, ...pausing(row.enabled) })
      .returning();
    if (!added) throw new Error('the webhook was not inserted');
    await insertSecret(tx, keys, row.id, secret);
    await appendAudit(tx, event);
    return added;
  });
}

/** Changes an endpoint that is still at the given revision. */
export async function changeWebhook(
  db: Database,
  id: string,
  revision: number,
  change: Partial<WebhookFields>,
  event: AuditEvent,
): Promise<WebhookRow> {
  return db.transaction(async (tx) => {
    const [changed] = await tx
      .update(webhooks)
      .set({
        ...change,
        ...(change.enabled === undefined ? {} : pausing(change.enabled)),
        revision: sql`${webhooks.revision} + 1`,
      })
      .where(and(eq(webhooks.id, id), eq(webhooks.revision, revision)))
      .returning();
    if (!changed) throw await missingOr(tx, id, 'revision-changed');
    await appendAudit(tx, event);
    return changed;
  });
}

/** Deletes an endpoint with its secrets, its log, and what still waits for it. */
export async function deleteWebhook(
  db: Database,
  id: string,
  revision: number,
  event: AuditEvent,
): Promise<void> {
  await db.transaction(async (tx) => {
    const gone = await tx
      .delete(webhooks)
      .where(and(eq(webhooks.id, id), eq(webhooks.revision, revision)))
      .returning({ id: webhooks.id });
    if (gone.length === 0) throw await missingOr(tx, id, 'revision-changed');
    await appendAudit(tx, event);
  });
}

/**
 * Gives an endpoint a new secret. The one before signs beside it for a while; any older one ends now.
 * @returns until when the one before still signs
 */
export async function replaceSecret(
  db: Database,
  keys: MasterKeys,
  id: string,
  secret: string,
  event: AuditEvent,
): Promise<Date> {
  const until = new Date(Date.now() + secretOverlapMs);
  await db.transaction(async (tx) => {
    const [present] = await tx
      .select({ id: webhooks.id })
      .from(webhooks)
      .where(eq(webhooks.id, id))
      .for('update');
    if (!present) throw new KeygrantError('not-found');
    await tx
      .delete(webhookSecrets)
      .where(and(eq(webhookSecrets.webhookId, id), sql`${webhookSecrets.expiresAt} is not null`));
    await tx.update(webhookSecrets).set({ expiresAt: until }).where(eq(webhookSecrets.webhookId, id));
    await insertSecret(tx, keys, id, secret);
    await appendAudit(tx, event);
  });
  return until;
}

/** What deliveries are signed with now, the newest first. In clear: for the moment of signing only. */
export async function openSecrets(db: Queryable, keys: MasterKeys, webhookId: string): Promise<string[]> {
  const rows = await db
    .select()
    .from(webhookSecrets)
    .where(
      and(
        eq(webhookSecrets.webhookId, webhookId),
        or(isNull(webhookSecrets.expiresAt), gt(webhookSecrets.expiresAt, new Date())),
      ),
    )
    .orderBy(desc(sql`${webhookSecrets.expiresAt} is null`), desc(webhookSecrets.createdAt));
  return rows.map((row) => open(keys, row.id, row));
}

/** One endpoint. */
export async function findWebhook(db: Queryable, id: string): Promise<WebhookRow | undefined> {
  const [row] = await db.select().from(webhooks).where(eq(webhooks.id, id));
  return row;
}

/**
 * Endpoints by id, one more than the limit where there are more.
 * @param portalId those of one portal; undefined for all
 */
export async function listWebhooks(
  db: Queryable,
  { portalId, limit, after }: { portalId?: string | undefined; limit: number; after?: string | undefined },
): Promise<WebhookRow[]> {
  const conditions: (SQL | undefined)[] = [
    portalId === undefined ? undefined : eq(webhooks.portalId, portalId),
    after === undefined ? undefined : gt(webhooks.id, after),
  ];
  return db
    .select()
    .from(webhooks)
    .where(and(...conditions))
    .orderBy(asc(webhooks.id))
    .limit(limit + 1);
}

async function insertSecret(
  tx: Transaction,
  keys: MasterKeys,
  webhookId: string,
  secret: string,
): Promise<void> {
  const id = newId('webhookSecret');
  await tx.insert(webhookSecrets).values({ id, webhookId, ...seal(keys, id, secret) });
}

function pausing(enabled: boolean) {
  return { pausedBecause: enabled ? null : ('by-hand' as const) };
}

async function missingOr(tx: Transaction, id: string, otherwise: 'revision-changed'): Promise<KeygrantError> {
  return new KeygrantError((await findWebhook(tx, id)) ? otherwise : 'not-found');
}
