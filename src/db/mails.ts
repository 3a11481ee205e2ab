import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { newId } from '../crypto/ids.ts';
import { gone } from '../domain/faults.ts';
import type { Language } from '../domain/languages.ts';
import { handingOver, handsOver, type MailKind } from '../domain/mails.ts';
import type { Queryable, Transaction } from './database.ts';
import { applications } from './schema/applications.ts';
import { keys } from './schema/keys.ts';
import { mailAttempts, mails } from './schema/mails.ts';

export type MailRow = typeof mails.$inferSelect;

/** What still has to leave. */
export const isUnsent = inArray(mails.state, ['queued', 'sending']);
/** Joins a mail with the attempt that is under way, or was cut off. */
const isOpenAttempt = and(eq(mailAttempts.mailId, mails.id), isNull(mailAttempts.endedAt));

/** What a mail is about. */
export interface Occasion {
  applicationId: string;
  kind: MailKind;
  round: number;
  /** 0 but for review mails. */
  level: number;
  /** Which of several mails of this kind, where people can ask for another; 0 for the first. */
  occurrence?: number;
}

/** Whom a mail goes to, and in which language they read it: a person, or an address of theirs or of their client. */
export interface Addressee {
  email: string;
  language?: Language | null;
}

/**
 * Queues a mail in the transaction of what it tells of, one for each language of its addressees; queuing the same occasion
 * twice leaves the first. Its Message-ID is fixed here, so that every attempt carries the same (RFC 5322, 3.6.4).
 * @param domain right side of the Message-ID
 * @param dueAt not to be sent before
 * @returns the ids of the mails that are new
 */
export async function queueMail(
  tx: Transaction,
  occasion: Occasion,
  addressees: readonly Addressee[],
  domain: string,
  dueAt?: Date,
): Promise<string[]> {
  const languages = new Set(addressees.map(({ language }) => language ?? null));
  const rows = [...languages].map((language) => {
    const id = newId('mail');
    const recipients = addressees
      .filter((addressee) => (addressee.language ?? null) === language)
      .map(({ email }) => email);
    return {
      id,
      ...occasion,
      language,
      recipients: distinct(recipients),
      messageId: `<${id}@${domain}>`,
      dueAt: dueAt ?? null,
    };
  });
  if (rows.length === 0) return [];
  const { applicationId, kind, round, level, occurrence, language } = mails;
  const queued = await tx
    .insert(mails)
    .values(rows)
    .onConflictDoNothing({ target: [applicationId, kind, round, level, occurrence, language] })
    .returning({ id: mails.id });
  return queued.map(({ id }) => id);
}

/** Whether a mail for the occasion was queued, sent or not. */
export async function isQueued(db: Queryable, occasion: Occasion): Promise<boolean> {
  const { applicationId, kind, round, level } = occasion;
  const [row] = await db
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        eq(mails.applicationId, applicationId),
        eq(mails.kind, kind),
        eq(mails.round, round),
        eq(mails.level, level),
      ),
    );
  return row !== undefined;
}

/** Ids of an application's mails that are still to be sent, of the given kinds; not those that people asked for again. */
export async function unsentMails(
  db: Queryable,
  applicationId: string,
  kinds: readonly MailKind[],
): Promise<string[]> {
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        eq(mails.applicationId, applicationId),
        inArray(mails.kind, [...kinds]),
        eq(mails.occurrence, 0),
        isUnsent,
      ),
    );
  return rows.map((row) => row.id);
}

/** Calls off the mails of some kinds that have not left: of a level that was decided meanwhile, or of a recalled key. */
export async function supersedeMails(
  tx: Transaction,
  applicationId: string,
  kinds: readonly MailKind[],
): Promise<void> {
  await tx
    .update(mails)
    .set({ state: 'superseded' })
    .where(and(eq(mails.applicationId, applicationId), inArray(mails.kind, [...kinds]), isUnsent));
}

/** Calls off one mail, if it has not left. */
export async function supersedeMail(tx: Transaction, id: string): Promise<void> {
  await tx
    .update(mails)
    .set({ state: 'superseded' })
    .where(and(eq(mails.id, id), isUnsent));
}

/** Calls off earlier mails that would hand over the same key. */
export async function supersedeEarlier(tx: Transaction, mail: MailRow): Promise<void> {
  await tx
    .update(mails)
    .set({ state: 'superseded' })
    .where(
      and(
        eq(mails.applicationId, mail.applicationId),
        inArray(mails.kind, [...handingOver]),
        lt(mails.occurrence, mail.occurrence),
        isUnsent,
      ),
    );
}

/** The mail that hands over an application's key and was tried before, unless an attempt is under way. */
export async function hurriedMail(db: Queryable, applicationId: string): Promise<string | undefined> {
  const [mail] = await db
    .select({ id: mails.id })
    .from(mails)
    .leftJoin(mailAttempts, isOpenAttempt)
    .where(
      and(
        eq(mails.applicationId, applicationId),
        inArray(mails.kind, [...handingOver]),
        eq(mails.state, 'sending'),
        isNull(mailAttempts.number),
      ),
    )
    .orderBy(desc(mails.occurrence))
    .limit(1);
  return mail?.id;
}

/** Whether a mail that people asked for again is to be sent and cannot be, since its key is held back. */
export async function isHeldBack(db: Queryable, id: string): Promise<boolean> {
  const [held] = await db
    .select({ id: mails.id })
    .from(mails)
    .innerJoin(applications, eq(applications.id, mails.applicationId))
    .where(
      and(
        eq(mails.id, id),
        inArray(mails.kind, [...handingOver]),
        gt(mails.occurrence, 0),
        isUnsent,
        isNotNull(applications.heldBy),
      ),
    );
  return held !== undefined;
}

/** The kinds of mail that the delivery's own workflow sends, first ones and later ones. */
const followed = [
  'link-reminder',
  'address-review',
  'address-approved',
  'address-denied',
] as const satisfies readonly MailKind[];

/** The mails of an application that are still to be sent by the workflow that follows its delivery. */
export async function mailsToFollow(db: Queryable, applicationId: string) {
  const rows = await db
    .select({ id: mails.id, kind: mails.kind, dueAt: mails.dueAt })
    .from(mails)
    .where(
      and(
        eq(mails.applicationId, applicationId),
        or(
          inArray(mails.kind, [...followed]),
          and(inArray(mails.kind, [...handingOver]), gt(mails.occurrence, 0)),
        ),
        isUnsent,
      ),
    )
    .orderBy(mails.createdAt, mails.id);
  return rows.map(({ dueAt, ...row }) => ({ ...row, dueAt: dueAt?.toISOString() ?? null }));
}

/**
 * Whether the credentials' mail of a round has begun to leave: somebody has it, or an attempt is under way, or was cut off
 * where nobody knows whether the server took it.
 */
export async function isLeaving(db: Queryable, applicationId: string, round: number): Promise<boolean> {
  const [row] = await db
    .select({ id: mails.id })
    .from(mails)
    .leftJoin(mailAttempts, and(eq(mailAttempts.mailId, mails.id), isNull(mailAttempts.succeeded)))
    .where(
      and(
        eq(mails.applicationId, applicationId),
        inArray(mails.kind, [...handingOver]),
        eq(mails.round, round),
        or(sql`cardinality(${mails.accepted}) > 0`, isNotNull(mailAttempts.number)),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/**
 * Claims a mail for one attempt and opens the attempt's row; undefined when there is nothing to send: it is sent, or
 * overtaken, or its key is held back or void. The application stays locked meanwhile, so that a hold and the claim cannot
 * both win.
 */
export async function claimMail(tx: Transaction, id: string): Promise<MailRow | undefined> {
  const [application] = await tx
    .select({
      state: applications.state,
      heldBy: applications.heldBy,
      kind: mails.kind,
      occurrence: mails.occurrence,
      revoked: sql<boolean>`exists (select from ${keys}
        where ${keys.applicationId} = ${mails.applicationId} and ${keys.revokedAt} is not null)`,
    })
    .from(mails)
    .innerJoin(applications, eq(applications.id, mails.applicationId))
    .where(eq(mails.id, id))
    .for('update', { of: applications });
  if (!application) return undefined;
  const { kind, state, heldBy, occurrence, revoked } = application;
  const waits = occurrence === 0 ? state !== 'issued' : revoked;
  if (handsOver(kind) && (waits || heldBy !== null)) return undefined;
  const [mail] = await tx
    .update(mails)
    .set({ state: 'sending', attempts: sql`${mails.attempts} + 1` })
    .where(and(eq(mails.id, id), isUnsent))
    .returning();
  if (mail) await tx.insert(mailAttempts).values({ mailId: id, number: mail.attempts });
  return mail;
}

/** The application that a mail is about. */
export async function applicationOf(db: Queryable, mailId: string): Promise<string> {
  const [mail] = await db.select({ id: mails.applicationId }).from(mails).where(eq(mails.id, mailId));
  if (!mail) throw gone(`mail ${mailId}`);
  return mail.id;
}

/**
 * Writes down how an attempt ended: who was accepted, and the server's last answer; null where nobody knows whether the server
 * took it. True for the attempt that has sent the mail; where two overlapped, since one was taken for dead, that is the first to end.
 */
export async function recordAttempt(
  tx: Transaction,
  mail: MailRow,
  attempt: { accepted: readonly string[]; succeeded: boolean | null; answer: string },
): Promise<boolean> {
  const { accepted, succeeded, answer } = attempt;
  await tx
    .update(mailAttempts)
    .set({ endedAt: new Date(), succeeded, answer })
    .where(and(eq(mailAttempts.mailId, mail.id), eq(mailAttempts.number, mail.attempts)));
  const [before] = await tx.select().from(mails).where(eq(mails.id, mail.id)).for('update');
  const sent = succeeded === true && before?.state !== 'sent';
  await tx
    .update(mails)
    .set({
      accepted: distinct([...(before?.accepted ?? []), ...accepted]),
      ...(sent ? { state: 'sent' as const, sentAt: new Date() } : {}),
    })
    .where(eq(mails.id, mail.id));
  return sent;
}

/** Addresses without repetitions; they are compared without regard to case, as every real mail server does. */
function distinct(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}
