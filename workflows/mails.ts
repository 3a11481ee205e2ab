import { CancellationScope, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import type { Position } from '../activities/position.ts';

/** Mail is tried for as long as it takes: soon at first, then every hour. */
export const { sendMail } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '10 seconds', backoffCoefficient: 2, maximumInterval: '1 hour' },
});

/**
 * Mails the reviewers of each level that opens, on the side: a decision must not wait for the mail that asks for it.
 * What was still to be mailed about the level before is called off.
 */
export function reviewerMails() {
  let telling: CancellationScope | undefined;

  return (next: Position, previous?: Position): void => {
    if (next.state === previous?.state && next.level === previous.level) return;
    telling?.cancel();
    telling = undefined;
    if (next.state !== 'pending') return;
    telling = new CancellationScope();
    telling
      .run(() =>
        Promise.all(
          next.mailIds.map((mailId) =>
            sendMail.executeWithOptions({ summary: `Mail: reviewers of level ${next.level}` }, [mailId]),
          ),
        ),
      )
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  };
}
