import { isCancellation, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { Position } from '../activities/position.ts';
import { mailRetry } from '../src/domain/mails.ts';

/**
 * Mail is tried for as long as it takes: soon at first, then every hour. A worker that dies while it sends is noticed by
 * its missing heartbeat, not only when the longest attempt would have ended.
 */
export const { sendMail } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10 seconds',
  retry: {
    initialInterval: mailRetry.first,
    backoffCoefficient: mailRetry.factor,
    maximumInterval: mailRetry.most,
  },
});

/**
 * Mails reviewers on the side, each mail once: a decision must not wait for the mail that asks for it. A mail that is
 * overtaken by the decision is superseded in the database, so its next attempt sends nothing.
 */
export function reviewerMails(): (position: Position) => void {
  const begun = new Set<string>();
  return ({ state, level, mailIds }) => {
    if (state !== 'pending') return;
    for (const mailId of mailIds.filter((id) => !begun.has(id))) {
      begun.add(mailId);
      sendMail
        .executeWithOptions({ summary: `Mail: reviewers of level ${level}` }, [mailId, true])
        .catch((error: unknown) => {
          // The workflow itself was cancelled, by an operator.
          if (!isCancellation(error)) throw error;
        });
    }
  };
}
