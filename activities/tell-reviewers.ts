import { loadApplication } from '../src/db/applications.ts';
import type { Transaction } from '../src/db/database.ts';
import { queueMail } from '../src/db/mails.ts';
import { reviewersOf } from '../src/db/people.ts';
import { whoMayDecide } from '../src/domain/levels.ts';

/**
 * Queues a mail to those who may decide the level that is open: in the transaction that opened it, or as a reminder.
 * @param domain right side of the Message-ID
 * @returns the level that they were told of; undefined where none is open
 */
export async function tellReviewers(
  tx: Transaction,
  applicationId: string,
  kind: 'review' | 'reminder',
  domain: string,
): Promise<{ level: number; levelName: string; levels: number } | undefined> {
  const application = await loadApplication(tx, applicationId);
  const { row, levels = [], decided } = application ?? {};
  const level = levels[(row?.level ?? 0) - 1];
  if (!row?.level || !level) return undefined;
  const reviewers = whoMayDecide(level, await reviewersOf(tx, [level]), row.applicantId, decided);
  await queueMail(tx, { applicationId, kind, round: row.round, level: row.level }, reviewers, domain);
  return { level: row.level, levelName: level.name, levels: levels.length };
}
