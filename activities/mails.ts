import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { eq } from 'drizzle-orm';
import { loadApplication, moveApplication } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { noteMailed } from '../src/db/key-life.ts';
import {
  applicationOf,
  claimMail,
  hurriedMail,
  isHeldBack,
  type MailRow,
  recordAttempt,
  supersedeEarlier,
} from '../src/db/mails.ts';
import { addressChanges } from '../src/db/schema/deliveries.ts';
import { move } from '../src/domain/application-states.ts';
import { handsOver, holdsLink, retryDelay } from '../src/domain/mails.ts';
import { mailRemedy } from '../src/mail/refusals.ts';
import { composeMail } from './compose-mail.ts';
import type { Dependencies } from './dependencies.ts';
import { failure } from './failures.ts';
import { ownEvent } from './own-event.ts';
import { type Position, positionOf } from './position.ts';

export function createMailActivities(dependencies: Dependencies) {
  const { db, mailer, timeZone } = dependencies;
  return {
    /**
     * Makes one attempt to send a mail: claims it, sends it under its fixed Message-ID to those who have not got it
     * yet, and writes down the server's answer. A mail that was sent already is not sent again. Cut off between the
     * server's yes and our own record, the next attempt repeats the mail under the same Message-ID. Its heartbeat shows
     * that the worker lives; one that was taken for dead gives up when it learns of it, since another one sends the mail.
     * @param aside whether nobody asks where the application stands afterwards
     */
    async sendMail(mailId: string, aside = false): Promise<Position | null> {
      const beats = setInterval(heartbeat, 2_000);
      const applicationId = await attempt(mailId).finally(() => clearInterval(beats));
      return aside ? null : positionOf(db, applicationId, timeZone);
    },

    /**
     * Makes the next attempt at the mail that hands over an application's key now, instead of when it is due. Does nothing
     * where one is under way, and leaves what comes after a failure to the retries that go on anyway.
     */
    async hurryMail(applicationId: string): Promise<void> {
      const mailId = await hurriedMail(db, applicationId);
      if (mailId === undefined) return;
      const beats = setInterval(heartbeat, 2_000);
      await attempt(mailId).finally(() => clearInterval(beats));
    },
  };

  /** Answers with the id of the application that the mail is about. */
  async function attempt(mailId: string): Promise<string> {
    const mail = await db.transaction((tx) => claimMail(tx, mailId));
    if (!mail) {
      if (await isHeldBack(db, mailId))
        throw failure('The mail is held back', 'It leaves after somebody releases it.', 'mail-held');
      return applicationOf(db, mailId);
    }

    const message = await composeMail(dependencies, mail);
    const to = mail.recipients.filter((recipient) => !mail.accepted.includes(recipient));
    const sending = await mailer.send({ ...message, to, messageId: mail.messageId }, cancellationSignal());
    const { answer, isUncertain } = sending;
    const isTaken = to.every((recipient) => sending.accepted.includes(recipient));
    const succeeded = isUncertain ? null : isTaken;
    await db.transaction(async (tx) => {
      const sent = await recordAttempt(tx, mail, { ...sending, succeeded });
      if (!sent) return;
      if (handsOver(mail.kind)) await deliver(tx, mail);
      const details = { mail: mail.id, kind: mail.kind, to: mail.recipients, messageId: mail.messageId };
      await appendAudit(tx, ownEvent(mail.applicationId, 'mail.sent', details));
    });
    if (!isTaken) {
      const wrong = `SMTP did not take the mail: ${answer}`;
      throw failure(wrong, mailRemedy(answer), 'mail-not-accepted', retryDelay(mail.attempts));
    }
    return mail.applicationId;
  }
}

/** The key is handed over: its application is delivered, and whatever mail was to do the same has nothing left to do. */
async function deliver(tx: Transaction, mail: MailRow): Promise<void> {
  const application = await loadApplication(tx, mail.applicationId, { lock: true });
  const delivered = application && move(application.row.state, 'deliver');
  if (delivered) await moveApplication(tx, mail.applicationId, delivered);
  await supersedeEarlier(tx, mail);
  // A link hands over nothing before it is used.
  if (!holdsLink(mail.kind)) await noteMailed(tx, mail);
  await tx.update(addressChanges).set({ state: 'mailed' }).where(eq(addressChanges.mailId, mail.id));
}
