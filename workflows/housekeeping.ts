import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

/** Until they succeed; the schedule starts no second one meanwhile. */
const { checkpointAudit, erasePersonal } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '10 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/** Takes as long as there is something to do, and says every moment that it lives. */
const { recordCalls } = proxyActivities<Activities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '10 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/** Every hour: tells in the audit trail what signed calls were refused, and forgets nonces that are too old to matter. */
export async function callRecords(): Promise<void> {
  await recordCalls.executeWithOptions({ summary: 'Record refused calls, forget old nonces' }, []);
}

/** Every few hours: signs where the audit chain stands. Answers with the signed note. */
export async function auditCheckpoint(): Promise<string> {
  return checkpointAudit.executeWithOptions({ summary: 'Sign the head of the audit chain' }, []);
}

/** Every day, where a retention is set: erases what is personal and old, until nothing is left. Answers with how much it was. */
export async function retention(before = 0): Promise<number> {
  let erased = before;
  for (;;) {
    const now = await erasePersonal.executeWithOptions({ summary: 'Erase what is personal and old' }, []);
    erased += now;
    if (now === 0) return erased;
    if (workflowInfo().continueAsNewSuggested) return continueAsNew<typeof retention>(erased);
  }
}
