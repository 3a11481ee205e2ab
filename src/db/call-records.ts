import { asc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import type { CalendarDate } from '../domain/dates.ts';
import { appendAudit } from './audit.ts';
import type { Database } from './database.ts';
import { keyCalls, refusedCalls, signatureNonces } from './schema/calls.ts';

/** API processes write what they saw every few seconds; an hour is whole some minutes after its end. */
const latenessMs = 5 * 60_000;
const hourMs = 60 * 60_000;
/** As many keys and causes stand in one row of the trail. */
const perRow = 500;

/** Deletes some nonces whose signatures are too old to pass; answers with how many. */
export async function forgetNonces(db: Database, now: Date, batch: number): Promise<number> {
  const old = db
    .select({ row: sql`ctid` })
    .from(signatureNonces)
    .where(lte(signatureNonces.keptUntil, now))
    .limit(batch);
  const gone = await db.delete(signatureNonces).where(inArray(sql`ctid`, old)).returning({ one: sql`1` });
  return gone.length;
}

/**
 * Puts the refusals of the oldest hour that is over into the audit trail, and counts them no longer; both in one transaction.
 * What comes later for that hour is told of in a row of its own.
 * @returns whether there was such an hour
 */
export async function tellOfRefusals(db: Database, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const over = new Date(now.getTime() - hourMs - latenessMs);
    const [oldest] = await tx
      .select({ hour: refusedCalls.hour })
      .from(refusedCalls)
      .where(lte(refusedCalls.hour, over))
      .orderBy(asc(refusedCalls.hour))
      .limit(1);
    if (!oldest) return false;
    const counted = await tx.delete(refusedCalls).where(eq(refusedCalls.hour, oldest.hour)).returning();
    const refusals = counted
      .map(({ keyId, cause, calls }) => ({ key: keyId, cause, calls }))
      .toSorted((a, b) => (`${a.key} ${a.cause}` < `${b.key} ${b.cause}` ? -1 : 1));
    for (let at = 0; at < refusals.length; at += perRow) {
      await appendAudit(tx, {
        action: 'calls.refused',
        actor: 'keygrant',
        via: null,
        subject: { type: 'calls', id: oldest.hour.toISOString() },
        requestId: null,
        details: { refusals: refusals.slice(at, at + perRow) },
      });
    }
    return true;
  });
}

/** Forgets how many calls of keys there were on days before this one. */
export async function forgetCalls(db: Database, before: CalendarDate): Promise<void> {
  await db.delete(keyCalls).where(lt(keyCalls.day, before));
}
