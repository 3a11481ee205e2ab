import { and, asc, count, desc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Delivery } from '../domain/delivery.ts';
import { handingOver } from '../domain/mails.ts';
import type { LoadedApplication } from './applications.ts';
import type { Queryable, Transaction } from './database.ts';
import { type MailRow, supersedeMails } from './mails.ts';
import { adminsOf, reviewersOf } from './people.ts';
import { applications } from './schema/applications.ts';
import { decisions } from './schema/decisions.ts';
import { addressChanges, revealLinks } from './schema/deliveries.ts';
import { keys } from './schema/keys.ts';
import { mails } from './schema/mails.ts';
import { people } from './schema/people.ts';

export type AddressChange = typeof addressChanges.$inferSelect;

/** The delivery of an application's key with the rows that its rules look at. */
export interface LoadedDelivery extends Omit<Delivery, 'mail' | 'change'> {
  mail: (MailRow & { sent: boolean }) | undefined;
  change: (AddressChange & { state: 'pending' | 'approved' }) | undefined;
  keyId: string | undefined;
}

/** Loads what the rules of a delivery look at. The caller holds the lock of the application, or only wants to know. */
export async function loadDelivery(
  db: Queryable,
  { row, levels }: Pick<LoadedApplication, 'row' | 'levels'>,
): Promise<LoadedDelivery> {
  const [key] = await db
    .select({
      id: keys.id,
      revokedAt: keys.revokedAt,
      revealed: sql<boolean>`exists (select from ${revealLinks}
        where ${revealLinks.keyId} = ${keys.id} and ${revealLinks.secretNumber} = ${keys.secretNumber}
          and ${revealLinks.ending} = 'revealed')`,
    })
    .from(keys)
    .where(eq(keys.applicationId, row.id));
  const [mail] = await db
    .select()
    .from(mails)
    .where(
      and(
        eq(mails.applicationId, row.id),
        inArray(mails.kind, [...handingOver]),
        ne(mails.state, 'superseded'),
      ),
    )
    .orderBy(desc(mails.occurrence))
    .limit(1);
  const [change] = await db
    .select()
    .from(addressChanges)
    .where(
      and(eq(addressChanges.applicationId, row.id), inArray(addressChanges.state, ['pending', 'approved'])),
    );
  const [resends] = await db
    .select({ made: count() })
    .from(decisions)
    .where(
      and(
        eq(decisions.applicationId, row.id),
        eq(decisions.act, 'resend'),
        eq(decisions.outcome, 'recorded'),
        gt(decisions.createdAt, sql`now() - interval '24 hours'`),
      ),
    );
  const last = levels.at(-1);
  return {
    state: row.state,
    applicantId: row.applicantId,
    held: row.heldBy !== null,
    levels,
    reviewers: last ? await reviewersOf(db, [last]) : await adminsOf(db),
    mail: mail && { ...mail, sent: mail.state === 'sent' },
    revoked: key !== undefined && key.revokedAt !== null,
    revealed: key?.revealed ?? false,
    resends: resends?.made ?? 0,
    change: change as LoadedDelivery['change'],
    keyId: key?.id,
  };
}

/** The number of the next mail that hands over this key. */
export async function nextOccurrence(db: Queryable, applicationId: string): Promise<number> {
  const [last] = await db
    .select({ most: sql<number>`coalesce(max(${mails.occurrence}), 0)::int` })
    .from(mails)
    .where(and(eq(mails.applicationId, applicationId), inArray(mails.kind, [...handingOver])));
  return (last?.most ?? 0) + 1;
}

/** Every change of the address that was asked for, in order. */
export async function changesOf(db: Queryable, applicationId: string): Promise<AddressChange[]> {
  return db
    .select()
    .from(addressChanges)
    .where(eq(addressChanges.applicationId, applicationId))
    .orderBy(asc(addressChanges.createdAt), asc(addressChanges.id));
}

/** Opens the link of a mail that hands over a key: to the secret that it has now. */
export async function openLink(tx: Transaction, keyId: string, mailId: string): Promise<void> {
  const secretNumber = sql<number>`(select ${keys.secretNumber} from ${keys} where ${keys.id} = ${keyId})`;
  await tx.insert(revealLinks).values({ keyId, mailId, secretNumber });
}

/** Ends whatever link of an application still works, and the reminder of it that has not left. */
export async function endLinks(
  tx: Transaction,
  applicationId: string,
  ending: 'expired' | 'superseded',
): Promise<void> {
  const open = await openLinkOf(tx, applicationId);
  if (!open) return;
  await tx
    .update(revealLinks)
    .set({ endedAt: new Date(), ending })
    .where(and(eq(revealLinks.mailId, open.link.mailId), isNull(revealLinks.endedAt)));
  await supersedeMails(tx, applicationId, ['link-reminder']);
}

/** Lets a link work again that a later mail had overtaken, since that mail never left. */
export async function reopenLink(tx: Transaction, mailId: string): Promise<void> {
  await tx
    .update(revealLinks)
    .set({ endedAt: null, ending: null })
    .where(and(eq(revealLinks.mailId, mailId), eq(revealLinks.ending, 'superseded')));
}

/**
 * Uses a link up, if it still works: of several who try at once, one does.
 * @returns whether it was this one
 */
export async function useLink(
  tx: Transaction,
  mailId: string,
  personId: string,
  now: Date,
): Promise<boolean> {
  const used = await tx
    .update(revealLinks)
    .set({ endedAt: now, ending: 'revealed', revealedBy: personId })
    .where(
      and(
        eq(revealLinks.mailId, mailId),
        isNull(revealLinks.endedAt),
        or(isNull(revealLinks.expiresAt), gt(revealLinks.expiresAt, now)),
      ),
    )
    .returning({ mailId: revealLinks.mailId });
  return used.length > 0;
}

/** A link with all that decides on its use. */
export async function findLink(db: Queryable, mailId: string) {
  const [found] = await db
    .select({
      link: revealLinks,
      mail: mails,
      key: keys,
      revealedBy: people.name,
      applicantId: applications.applicantId,
    })
    .from(revealLinks)
    .innerJoin(mails, eq(mails.id, revealLinks.mailId))
    .innerJoin(keys, eq(keys.id, revealLinks.keyId))
    .innerJoin(applications, eq(applications.id, mails.applicationId))
    .leftJoin(people, eq(people.id, revealLinks.revealedBy))
    .where(eq(revealLinks.mailId, mailId));
  return found;
}

/** The link of an application that works, with the mail that it is in. */
export async function openLinkOf(db: Queryable, applicationId: string) {
  const [open] = await db
    .select({ link: revealLinks, mail: mails })
    .from(revealLinks)
    .innerJoin(mails, eq(mails.id, revealLinks.mailId))
    .where(and(eq(mails.applicationId, applicationId), isNull(revealLinks.endedAt)));
  return open;
}

/** The link that was used, else the one that works, else the newest, with the name of who used it. */
export async function newestLinkOf(db: Queryable, applicationId: string) {
  const [newest] = await db
    .select({ link: revealLinks, revealedBy: people.name })
    .from(revealLinks)
    .innerJoin(mails, eq(mails.id, revealLinks.mailId))
    .leftJoin(people, eq(people.id, revealLinks.revealedBy))
    .where(eq(mails.applicationId, applicationId))
    .orderBy(
      sql`case when ${revealLinks.ending} = 'revealed' then 0 when ${revealLinks.endedAt} is null then 1 else 2 end`,
      desc(mails.occurrence),
    )
    .limit(1);
  return newest;
}
