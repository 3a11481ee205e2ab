import { and, eq, gt, lte } from 'drizzle-orm';
import { sha256 } from '../crypto/digest.ts';
import type { AuditEvent } from '../domain/audit.ts';
import { appendAudit } from './audit.ts';
import type { Database } from './database.ts';
import { sessions } from './schema/sessions.ts';

/** Somebody's being signed in, while it lasts. */
export type Session = typeof sessions.$inferSelect;

/** How long sessions last, in milliseconds: unused, and however much they are used. */
export interface SessionLimits {
  idleMs: number;
  lifetimeMs: number;
}

/** A use is not written down again within this time, so that a page that asks often does not write as often. */
const seenToMs = 60_000;

/** Begins a session under a token that nobody has seen yet, and clears away those that are over. */
export async function beginSession(
  db: Database,
  token: string,
  personId: string,
  { lifetimeMs }: SessionLimits,
  event: AuditEvent,
): Promise<void> {
  const now = new Date();
  await db.transaction(async (tx) => {
    await tx.delete(sessions).where(lte(sessions.endsAt, now));
    await tx.insert(sessions).values({
      tokenHash: sha256(token),
      personId,
      createdAt: now,
      seenAt: now,
      endsAt: new Date(now.getTime() + lifetimeMs),
    });
    await appendAudit(tx, event);
  });
}

/** The session of a token; undefined when there is none, or it is over. */
export async function findSession(
  db: Database,
  token: string,
  { idleMs }: SessionLimits,
): Promise<Session | undefined> {
  const now = Date.now();
  const [session] = await db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.tokenHash, sha256(token)),
        gt(sessions.endsAt, new Date(now)),
        gt(sessions.seenAt, new Date(now - idleMs)),
      ),
    );
  return session;
}

/** Notes that a session is in use. */
export async function noteUse(db: Database, { tokenHash, seenAt }: Session): Promise<void> {
  const now = Date.now();
  if (seenAt.getTime() > now - seenToMs) return;
  await db
    .update(sessions)
    .set({ seenAt: new Date(now) })
    .where(eq(sessions.tokenHash, tokenHash));
}

/** Ends a session; the event is on record only if there was one. */
export async function endSession(
  db: Database,
  token: string,
  eventOf: (session: Session) => AuditEvent,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [session] = await tx
      .delete(sessions)
      .where(eq(sessions.tokenHash, sha256(token)))
      .returning();
    if (session) await appendAudit(tx, eventOf(session));
  });
}
