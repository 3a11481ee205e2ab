import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

/** Until they succeed; the schedule starts no second one meanwhile. */
const { checkpointAudit } = proxyActivities<Activities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '10 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/** Every few hours: signs where the audit chain stands. Answers with the signed note. */
export async function auditCheckpoint(): Promise<string> {
  return checkpointAudit.executeWithOptions({ summary: 'Sign the head of the audit chain' }, []);
}
