import { createCallRecordActivities } from './call-records.ts';
import { createCheckpointActivities } from './checkpoints.ts';
import { createDeadlineActivities } from './deadlines.ts';
import { createDecisionActivities } from './decisions.ts';
import { createDeliveryActivities } from './deliveries.ts';
import type { Dependencies } from './dependencies.ts';
import { createKeyActActivities } from './key-acts.ts';
import { createKeyChangeActivities } from './key-changes.ts';
import { createKeyLifeActivities } from './key-life.ts';
import { createKeyActivities } from './keys.ts';
import { createMailActivities } from './mails.ts';
import { createRetentionActivities } from './retention.ts';
import { createSubmissionActivities } from './submissions.ts';

/** Every side effect that workflows can ask for. */
export function createActivities(dependencies: Dependencies) {
  return {
    ...createSubmissionActivities(dependencies),
    ...createDecisionActivities(dependencies),
    ...createDeadlineActivities(dependencies),
    ...createCallRecordActivities(dependencies),
    ...createCheckpointActivities(dependencies),
    ...createKeyActivities(dependencies),
    ...createKeyChangeActivities(dependencies),
    ...createKeyActActivities(dependencies),
    ...createKeyLifeActivities(dependencies),
    ...createMailActivities(dependencies),
    ...createRetentionActivities(dependencies),
    ...createDeliveryActivities(dependencies),
  };
}

export type Activities = ReturnType<typeof createActivities>;
