import { type LoadedApplication, moveApplication } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { queueMail } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import type { Words } from '../src/domain/languages.ts';
import { ownEvent } from './own-event.ts';

/**
 * Returns an approved application to its applicant, because what was approved is no longer what would be done.
 * @param reason for its applicant, in whichever language they read
 * @param mailDomain right side of the Message-ID
 */
export async function sendBack(
  tx: Transaction,
  { row }: LoadedApplication,
  reason: Words,
  mailDomain: string,
): Promise<void> {
  await moveApplication(tx, row.id, 'returned', { reason: reason.en, ownReason: reason });
  const applicant = await findPerson(tx, row.applicantId);
  const occasion = { applicationId: row.id, kind: 'return', round: row.round, level: 0 } as const;
  if (applicant) await queueMail(tx, occasion, [applicant], mailDomain);
  await appendAudit(tx, ownEvent(row.id, 'application.returned', { reason: reason.en, inWords: reason }));
}
