import { eq } from 'drizzle-orm';
import type { LoadedApplication } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import {
  changesOf,
  endLinks,
  type LoadedDelivery,
  loadDelivery,
  nextOccurrence,
  openLink,
  reopenLink,
} from '../src/db/deliveries.ts';
import { type Addressee, queueMail, supersedeMail, supersedeMails } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import { addressChanges } from '../src/db/schema/deliveries.ts';
import type { Decision, DeliveryAct } from '../src/domain/decision.ts';
import { approvalsNeeded, deciders } from '../src/domain/delivery.ts';
import { holdsLink, type MailKind } from '../src/domain/mails.ts';
import type { Dependencies } from './dependencies.ts';

/** What a carried out act puts on record. */
interface Event {
  action: string;
  details: Record<string, unknown>;
}

/**
 * Carries out what the rules allow to be done about a delivery, in the transaction that judged it: mails, link, change of
 * address and audit row.
 * @param now the workflow's time
 */
export async function carryOutDelivery(
  tx: Transaction,
  application: LoadedApplication,
  decision: Decision & { act: DeliveryAct },
  { mailer, deliveryDelayMs }: Pick<Dependencies, 'mailer' | 'deliveryDelayMs'>,
  now: Date,
): Promise<void> {
  const { row } = application;
  const delivery = await loadDelivery(tx, application);
  const acts: Record<DeliveryAct, () => Promise<Event>> = {
    resend,
    'correct-address': requestChange,
    'approve-address': approveChange,
    'deny-address': denyChange,
  };
  const { action, details } = await acts[decision.act]();
  await appendAudit(tx, {
    action,
    actor: decision.personId,
    via: decision.via,
    subject: { type: 'application', id: row.id },
    requestId: decision.requestId,
    details: { decision: decision.id, comment: decision.comment, ...details },
  });

  /** Before its first success a mail is only hurried: it is the same mail. After it, another one says the same again. */
  async function resend(): Promise<Event> {
    const { mail } = delivery;
    if (!mail?.sent) return { action: 'delivery.hurried', details: { mail: mail?.id, kind: mail?.kind } };
    const addressees = mail.recipients.map((email) => ({ email, language: mail.language }));
    const again = await mailAgain(delivery, addressees);
    return {
      action: 'delivery.repeated',
      details: { mail: again, kind: mail.kind, to: mail.recipients },
    };
  }

  async function requestChange(): Promise<Event> {
    const email = decision.address ?? '';
    const { personId: requestedBy, comment } = decision;
    const reviewers = deciders(delivery, requestedBy);
    const occurrence = (await changesOf(tx, row.id)).length;
    await tx
      .insert(addressChanges)
      .values({ id: decision.id, applicationId: row.id, requestedBy, email, comment });
    await queueMail(tx, { ...occasion('address-review'), occurrence }, reviewers, mailer.domain);
    return { action: 'address.requested', details: { to: [email] } };
  }

  async function approveChange(): Promise<Event> {
    const change = openChange(delivery);
    const approvedBy = [...change.approvedBy, decision.personId];
    const details = { to: [change.email] };
    const complete = approvedBy.length >= approvalsNeeded(delivery);
    if (!complete) {
      await tx.update(addressChanges).set({ approvedBy }).where(eq(addressChanges.id, change.id));
      return { action: 'address.approved', details };
    }
    const dueAt = new Date(now.getTime() + deliveryDelayMs);
    const language = delivery.mail?.language ?? null;
    const mailId = await mailAgain(delivery, [{ email: change.email, language }], dueAt);
    await tx
      .update(addressChanges)
      .set({ state: 'approved', approvedBy, mailId, outcome: decision.comment, decidedAt: new Date() })
      .where(eq(addressChanges.id, change.id));
    await tellApplicant('address-approved');
    return {
      action: 'address.approved',
      details: { ...details, mail: mailId, deliveryDueAt: dueAt.toISOString() },
    };
  }

  async function denyChange(): Promise<Event> {
    const change = openChange(delivery);
    if (change.mailId) {
      await supersedeMail(tx, change.mailId);
      await endLinks(tx, row.id, 'superseded');
      const { mail } = await loadDelivery(tx, application);
      if (mail) await reopenLink(tx, mail.id);
    }
    await tx
      .update(addressChanges)
      .set({ state: 'denied', outcome: decision.comment, decidedAt: new Date() })
      .where(eq(addressChanges.id, change.id));
    await supersedeMails(tx, row.id, ['address-approved']);
    if (decision.personId !== row.applicantId) await tellApplicant('address-denied');
    return { action: 'address.denied', details: { to: [change.email] } };
  }

  /** Queues another mail that hands over the key. A link in it works in place of the one before. */
  async function mailAgain(
    { mail, keyId }: LoadedDelivery,
    addressees: readonly Addressee[],
    dueAt?: Date,
  ): Promise<string> {
    if (!mail || !keyId) throw new Error(`the key of ${row.id} was never mailed`);
    const occurrence = await nextOccurrence(tx, row.id);
    const again = { ...occasion(mail.kind), occurrence };
    const [mailId] = await queueMail(tx, again, addressees, mailer.domain, dueAt);
    if (!mailId) throw new Error(`mail ${occurrence} of ${row.id} was queued already`);
    if (holdsLink(mail.kind)) {
      await endLinks(tx, row.id, 'superseded');
      await openLink(tx, keyId, mailId);
    }
    return mailId;
  }

  async function tellApplicant(kind: MailKind): Promise<void> {
    const applicant = await findPerson(tx, row.applicantId);
    const occurrence = (await changesOf(tx, row.id)).length - 1;
    await queueMail(tx, { ...occasion(kind), occurrence }, applicant ? [applicant] : [], mailer.domain);
  }

  function occasion<K extends string>(kind: K) {
    return { applicationId: row.id, kind, round: row.round, level: 0 };
  }
}

function openChange({ change }: LoadedDelivery) {
  if (!change) throw new Error('there is no change of the address');
  return change;
}
