import {
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { WebhookActivities } from '../activities/webhooks.ts';
import { webhookQueueOf } from '../src/domain/task-queues.ts';
import { wake } from './messages.ts';

/**
 * Delivers to one endpoint for as long as something waits for it, one at a time, so that a slow endpoint keeps only
 * itself waiting. A delivery that failed does not hold up the others. The database says what is due; this says when to
 * look. Nothing waits: the workflow ends, and the next event starts it again.
 */
export async function webhook(webhookId: string): Promise<void> {
  let woken = false;
  setHandler(wake, () => void (woken = true));
  const { deliverNext } = proxyActivities<WebhookActivities>({
    taskQueue: webhookQueueOf(workflowInfo().taskQueue),
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  });
  while (!workflowInfo().continueAsNewSuggested) {
    woken = false;
    const { waiting, nextAt, answer } = await deliverNext.executeWithOptions(
      { summary: 'Deliver what is due' },
      [webhookId, new Date().toISOString()],
    );
    if (nextAt === null) {
      // Something came while the database was asked.
      if (woken) continue;
      setCurrentDetails('Nothing waits.');
      return;
    }
    const left = Date.parse(nextAt) - Date.now();
    if (left <= 0) continue;
    setCurrentDetails(
      `**${waiting} wait for the endpoint**\n\nIts last answer: ${answer ?? 'none in this run'}. Next attempt: ${nextAt}.`,
    );
    await condition(() => woken, left, { summary: `Next attempt at ${nextAt}` });
  }
  return continueAsNew<typeof webhook>(webhookId);
}
