import { desc, gt, sql } from 'drizzle-orm';
import { sha256 } from '../crypto/digest.ts';
import { type AuditEvent, type AuditRow, auditText, genesis } from '../domain/audit.ts';
import type { Database, Transaction } from './database.ts';
import { audit } from './schema/audit.ts';

/** Any number will do as long as nothing else in this database uses it: appends to the chain wait for one another. */
const chainLock = 0x6b657967;

/**
 * Appends one event to the chain, inside the transaction of the change that it tells of: both happen or neither.
 * Call it last in the transaction, since it holds the chain until the commit.
 */
export async function appendAudit(tx: Transaction, event: AuditEvent): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${chainLock})`);
  const [last] = await tx
    .select({ seq: audit.seq, hash: audit.hash })
    .from(audit)
    .orderBy(desc(audit.seq))
    .limit(1);
  const row: AuditRow = { ...event, seq: (last?.seq ?? 0) + 1, at: new Date().toISOString() };
  await tx.insert(audit).values({
    seq: row.seq,
    at: new Date(row.at),
    action: row.action,
    actor: row.actor,
    via: row.via,
    subjectType: row.subject.type,
    subjectId: row.subject.id,
    requestId: row.requestId,
    details: row.details,
    hash: sha256(auditText(last?.hash ?? genesis, row)),
  });
}

/** What a walk along the chain found; `head` can be noted elsewhere to notice rows cut from the end. */
export type ChainReport =
  | { intact: true; rows: number; head: string }
  | { intact: false; brokenAt: number; why: string };

/** Walks the whole chain in batches and recomputes every hash. */
export async function verifyChain(db: Database, batch = 1000): Promise<ChainReport> {
  let previous = { seq: 0, hash: genesis };
  for (;;) {
    const rows = await db
      .select()
      .from(audit)
      .where(gt(audit.seq, previous.seq))
      .orderBy(audit.seq)
      .limit(batch);
    if (rows.length === 0) return { intact: true, rows: previous.seq, head: previous.hash };
    for (const row of rows) {
      const expected = previous.seq + 1;
      if (row.seq !== expected) return { intact: false, brokenAt: expected, why: 'the row is missing' };
      const { subjectType, subjectId, hash, at, ...rest } = row;
      const subject = { type: subjectType, id: subjectId };
      if (sha256(auditText(previous.hash, { ...rest, subject, at: at.toISOString() })) !== hash) {
        return { intact: false, brokenAt: row.seq, why: 'the row was changed, or one before it was' };
      }
      previous = { seq: row.seq, hash };
    }
  }
}
