import { loadApplication, reviewOf } from '../src/db/applications.ts';
import type { Transaction } from '../src/db/database.ts';
import { deputiesOf } from '../src/db/delegations.ts';
import { queueMail } from '../src/db/mails.ts';
import { reviewersOf } from '../src/db/people.ts';
import { voicesOf } from '../src/domain/review.ts';
import { whoMayDecide } from '../src/domain/reviewers.ts';

/**
 * Queues a mail to those who may decide the level that is open: in the transaction that opened it, as a reminder, or at
 * its escalation.
 * @param domain right side of the Message-ID
 * @param at the workflow's time: deputies of that moment are told, too
 * @returns the level that they were told of; undefined where none is open
 */
export async function tellReviewers(
  tx: Transaction,
  applicationId: string,
  kind: 'review' | 'reminder' | 'escalation',
  domain: string,
  at: Date,
): Promise<{ level: number; levelName: string; levels: number } | undefined> {
  const application = await loadApplication(tx, applicationId);
  const voices = application && voicesOf(reviewOf(application));
  if (!voices) return undefined;
  const { number, level } = voices;
  const reviewers = await reviewersOf(tx, [level]);
  const told = whoMayDecide(voices, reviewers, await deputiesOf(tx, reviewers, at));
  await queueMail(tx, { applicationId, kind, round: application.row.round, level: number }, told, domain);
  return { level: number, levelName: level.name, levels: application.levels.length };
}
