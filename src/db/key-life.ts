import { and, desc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { CalendarDate } from '../domain/dates.ts';
import type { KeyActName, KeyStanding } from '../domain/key-acts.ts';
import { keyStateOn } from '../domain/key-states.ts';
import { aboutKeys } from '../domain/mails.ts';
import type { Queryable, Transaction } from './database.ts';
import { nextOccurrence } from './deliveries.ts';
import { isUnsent } from './mails.ts';
import { applications } from './schema/applications.ts';
import { formerSecrets, keyActs, keys } from './schema/keys.ts';
import { mails } from './schema/mails.ts';
import { people } from './schema/people.ts';

export type KeyRow = typeof keys.$inferSelect;
export type FormerSecret = typeof formerSecrets.$inferSelect;

/** A key with all that the rules of its life look at. */
export interface LoadedKey {
  row: KeyRow;
  /** The application that it was issued for: its holder is that one's applicant. */
  application: typeof applications.$inferSelect;
  former: FormerSecret | undefined;
  standing: KeyStanding;
}

/**
 * Loads a key; undefined where there is none of that id.
 * @param today of the configured zone
 * @param options with `lock` it stays as it is until the transaction ends; its application first, as mails are claimed
 */
export async function loadKey(
  db: Queryable,
  id: string,
  today: CalendarDate,
  options: { lock?: boolean } = {},
): Promise<LoadedKey | undefined> {
  const ofKey = db
    .select({ application: applications })
    .from(applications)
    .where(inArray(applications.id, db.select({ id: keys.applicationId }).from(keys).where(eq(keys.id, id))));
  const [found] = await (options.lock ? ofKey.for('update') : ofKey);
  if (!found) return undefined;
  const itself = db.select().from(keys).where(eq(keys.id, id));
  const [row] = await (options.lock ? itself.for('no key update') : itself);
  if (!row) return undefined;
  const former = await formerSecretOf(db, id);
  const { application } = found;
  return { row, application, former, standing: standingOf(row, application, former, today) };
}

/** Where a key stands, from its rows. */
export function standingOf(
  row: KeyRow,
  application: { applicantId: string; state: string },
  former: Pick<FormerSecret, 'handedOver'> | undefined,
  today: CalendarDate,
): KeyStanding {
  return {
    state: keyStateOn(today, row),
    applicantId: application.applicantId,
    handedOver: application.state === 'delivered',
    suspension:
      row.suspendedBy && row.suspendedFor ? { by: row.suspendedBy, for: row.suspendedFor } : undefined,
    rotation: former && { handedOver: former.handedOver },
  };
}

/** The secret before the newest, while it is kept. */
export async function formerSecretOf(db: Queryable, keyId: string): Promise<FormerSecret | undefined> {
  const [former] = await db.select().from(formerSecrets).where(eq(formerSecrets.keyId, keyId));
  return former;
}

/** Deletes the secret before the newest. */
export async function endRotation(tx: Transaction, keyId: string): Promise<void> {
  await tx.delete(formerSecrets).where(eq(formerSecrets.keyId, keyId));
}

/** Changes a key, and counts that something has happened to it. */
export async function changeLife(
  tx: Transaction,
  keyId: string,
  change: Partial<typeof keys.$inferInsert> = {},
): Promise<void> {
  await tx
    .update(keys)
    .set({ ...change, lifeRevision: sql`${keys.lifeRevision} + 1` })
    .where(eq(keys.id, keyId));
}

/** What a key's row says of a suspension while there is none. */
export const notSuspended = {
  suspendedAt: null,
  suspendedBy: null,
  suspendedFor: null,
  suspensionComment: null,
} as const;

/**
 * Notes that the newest secret of a key is in its holder's hands, so that the grace of the one before can begin: its
 * workflow counts it by its own time.
 */
export async function noteHandedOver(tx: Transaction, keyId: string): Promise<void> {
  const noted = await tx
    .update(formerSecrets)
    .set({ handedOver: true })
    .where(and(eq(formerSecrets.keyId, keyId), eq(formerSecrets.handedOver, false)))
    .returning({ keyId: formerSecrets.keyId });
  if (noted.length > 0) await tx.update(keys).set({ attention: true }).where(eq(keys.id, keyId));
}

/** The same for the key of a mail that held its secret, unless a later one has another. */
export async function noteMailed(
  tx: Transaction,
  { applicationId, occurrence }: { applicationId: string; occurrence: number },
): Promise<void> {
  if ((await nextOccurrence(tx, applicationId)) > occurrence + 1) return;
  const [key] = await tx.select({ id: keys.id }).from(keys).where(eq(keys.applicationId, applicationId));
  if (key) await noteHandedOver(tx, key.id);
}

/** The mails about a key that its workflow has to send. */
export async function keyMailsToSend(db: Queryable, applicationId: string) {
  return db
    .select({ id: mails.id, kind: mails.kind })
    .from(mails)
    .where(and(eq(mails.applicationId, applicationId), inArray(mails.kind, [...aboutKeys]), isUnsent))
    .orderBy(mails.createdAt, mails.id);
}

/** What was done to a key in this way last: who did it, and what they said. */
export async function lastAct(db: Queryable, keyId: string, act: KeyActName) {
  const [last] = await db
    .select({ by: people.name, comment: keyActs.comment })
    .from(keyActs)
    .innerJoin(people, eq(people.id, keyActs.personId))
    .where(and(eq(keyActs.keyId, keyId), eq(keyActs.act, act), eq(keyActs.outcome, 'recorded')))
    .orderBy(desc(keyActs.createdAt))
    .limit(1);
  return last && { by: last.by, comment: last.comment ?? '' };
}

/** The outcome of one act, once a workflow has recorded it. */
export async function actOutcome(db: Queryable, actId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ outcome: keyActs.outcome })
    .from(keyActs)
    .where(eq(keyActs.actId, actId))
    .limit(1);
  return row?.outcome;
}

/** Every signal that the workflows of a key received, whatever became of it. */
export async function keySignalsOf(db: Queryable, keyId: string) {
  return db
    .select({ signal: keyActs, by: people.name })
    .from(keyActs)
    .leftJoin(people, eq(people.id, keyActs.personId))
    .where(eq(keyActs.keyId, keyId))
    .orderBy(keyActs.createdAt, keyActs.signal);
}

/** Keys that have changed since their workflows looked. */
export async function keysToLookAt(db: Queryable, limit = 500): Promise<string[]> {
  const rows = await db
    .select({ id: keys.id })
    .from(keys)
    .where(eq(keys.attention, true))
    .orderBy(keys.id)
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Keys that are not over, of which each must have its workflow; not those that were issued a moment ago. */
export async function livingKeys(db: Queryable, before: Date): Promise<string[]> {
  const rows = await db
    .select({ id: keys.id })
    .from(keys)
    .where(
      and(
        isNull(keys.revokedAt),
        isNull(keys.expiredAt),
        or(eq(keys.attention, false), lte(keys.createdAt, before)),
      ),
    )
    .orderBy(keys.id);
  return rows.map(({ id }) => id);
}
