import { loadApplication } from '../src/db/applications.ts';
import type { Transaction } from '../src/db/database.ts';
import { queueMail } from '../src/db/mails.ts';
import { reviewersOf } from '../src/db/people.ts';
import { whoMayDecide } from '../src/domain/levels.ts';

/**
 * Queues the mail to those who may decide the level that is now open, in the transaction that opened it.
 * @param domain right side of the Message-ID
 */
export async function tellReviewers(tx: Transaction, applicationId: string, domain: string): Promise<void> {
  const application = await loadApplication(tx, applicationId);
  const { row, levels, decided } = application ?? {};
  const level = levels?.[(row?.level ?? 0) - 1];
  if (!row?.level || !level) return;
  const reviewers = whoMayDecide(level, await reviewersOf(tx, [level]), row.applicantId, decided);
  const occasion = { applicationId, kind: 'review', round: row.round, level: row.level } as const;
  const addresses = reviewers.map((reviewer) => reviewer.email);
  if (addresses.length > 0) await queueMail(tx, occasion, addresses, domain);
}
