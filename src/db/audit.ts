import { randomBytes } from 'node:crypto';
import { desc, gt, sql } from 'drizzle-orm';
import { sha256 } from '../crypto/digest.ts';
import {
  type AuditEvent,
  type AuditRow,
  auditText,
  commitmentText,
  currentFormat,
  erasureOf,
  genesis,
  parted,
} from '../domain/audit.ts';
import type { Database, Transaction } from './database.ts';
import { audit } from './schema/audit.ts';

type Stored = typeof audit.$inferSelect;

/** Any number will do as long as nothing else in this database uses it: appends to the chain wait for one another. */
const chainLock = 0x6b657967;

/** Keeps the chain as it is until the transaction ends; answers with its last row, undefined while there is none. */
export async function lockChain(tx: Transaction) {
  await tx.execute(sql`select pg_advisory_xact_lock(${chainLock})`);
  const [last] = await tx
    .select({ seq: audit.seq, hash: audit.hash, action: audit.action })
    .from(audit)
    .orderBy(desc(audit.seq))
    .limit(1);
  return last;
}

/**
 * Appends one event to the chain, inside the transaction of the change that it tells of: both happen or neither.
 * Call it last in the transaction, since it holds the chain until the commit.
 */
export async function appendAudit(tx: Transaction, event: AuditEvent): Promise<void> {
  const last = await lockChain(tx);
  // As the database will give them back: a moment, for one, as text.
  const details = JSON.parse(JSON.stringify(event.details)) as AuditEvent['details'];
  const { lasting, personal } = parted(details);
  const salt = personal && randomBytes(32).toString('base64url');
  const row: AuditRow = {
    ...event,
    details: lasting,
    seq: (last?.seq ?? 0) + 1,
    at: new Date().toISOString(),
    format: currentFormat,
    commitment: personal && salt ? sha256(commitmentText(salt, personal)) : null,
  };
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
    format: row.format,
    personal,
    salt,
    commitment: row.commitment,
    hash: sha256(auditText(last?.hash ?? genesis, row)),
  });
}

/** All that a row still tells of what happened. */
export function detailsOf({ details, personal }: Pick<Stored, 'details' | 'personal'>) {
  return { ...details, ...personal };
}

/** What a walk along the chain found; `head` can be noted elsewhere to notice rows cut from the end. */
export type ChainReport =
  | { intact: true; rows: number; head: string; erased: number }
  | { intact: false; brokenAt: number; why: string };

/**
 * Walks the whole chain in batches, recomputes every hash, and looks that nothing personal went but by an erasure that is
 * told of in a later row.
 */
export async function verifyChain(db: Database, batch = 1000): Promise<ChainReport> {
  let previous = { seq: 0, hash: genesis };
  let erased = 0;
  const emptied = new Map<string, Stored>();
  for (;;) {
    const rows = await db
      .select()
      .from(audit)
      .where(gt(audit.seq, previous.seq))
      .orderBy(audit.seq)
      .limit(batch);
    if (rows.length === 0) break;
    for (const row of rows) {
      const expected = previous.seq + 1;
      if (row.seq !== expected) return { intact: false, brokenAt: expected, why: 'the row is missing' };
      if (!isAsWritten(previous.hash, row)) {
        return { intact: false, brokenAt: row.seq, why: 'the row was changed, or one before it was' };
      }
      const subject = JSON.stringify([row.subjectType, row.subjectId]);
      if (row.action === erasureOf(row.subjectType)) {
        const last = emptied.get(subject);
        if (last && !isYearsBefore(last.at, row.at)) return unexplained(last);
        emptied.delete(subject);
      }
      if (row.commitment !== null && row.personal === null) {
        emptied.set(subject, row);
        erased += 1;
      }
      previous = { seq: row.seq, hash: row.hash };
    }
  }
  const [left] = emptied.values();
  return left ? unexplained(left) : { intact: true, rows: previous.seq, head: previous.hash, erased };
}

/** Whether a row, with its personal part if that is still there, is what was hashed. */
function isAsWritten(previousHash: string, row: Stored): boolean {
  const { subjectType, subjectId, hash, at, personal, salt, ...rest } = row;
  const subject = { type: subjectType, id: subjectId };
  if (sha256(auditText(previousHash, { ...rest, subject, at: at.toISOString() })) !== hash) return false;
  if (personal === null || salt === null) return personal === null && salt === null;
  return sha256(commitmentText(salt, personal)) === rest.commitment;
}

/** The database erases nothing that is younger than a year, so that nobody hides what they have just done. */
function isYearsBefore(at: Date, erasedAt: Date): boolean {
  const yearLater = new Date(at);
  yearLater.setUTCFullYear(yearLater.getUTCFullYear() + 1);
  return yearLater <= erasedAt;
}

function unexplained({ seq }: Stored): ChainReport {
  return {
    intact: false,
    brokenAt: seq,
    why: 'its personal part is gone, though no row tells of an erasure',
  };
}
