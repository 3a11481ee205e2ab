import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import type { Config } from '../config.ts';

/** What is done regularly, one at a time however many workers there are. */
interface Regular {
  id: string;
  workflow: string;
  /** undefined: not at all. */
  everyHours: number | undefined;
}

/** Makes Temporal's schedules what the settings say; every worker does at its start, and the last one counts. */
export async function keepSchedules(
  client: Client,
  taskQueue: string,
  { checkpointHours, retentionYears }: Config['regular'],
): Promise<void> {
  await keepSchedule(client, taskQueue, {
    id: checkpointSchedule(taskQueue),
    workflow: 'auditCheckpoint',
    everyHours: checkpointHours > 0 ? checkpointHours : undefined,
  });
  await keepSchedule(client, taskQueue, {
    id: retentionSchedule(taskQueue),
    workflow: 'retention',
    everyHours: retentionYears === undefined ? undefined : 24,
  });
}

/** Hourly, whatever the settings say: what signed calls leave behind is worked off. */
export async function keepCallRecords(client: Client, taskQueue: string): Promise<void> {
  const id = callRecordSchedule(taskQueue);
  await keepSchedule(client, taskQueue, { id, workflow: 'callRecords', everyHours: 1 });
}

/** Several deployments may share a namespace; the task queue tells them apart. */
export const checkpointSchedule = (taskQueue: string) => `${taskQueue}-audit-checkpoint`;
export const callRecordSchedule = (taskQueue: string) => `${taskQueue}-call-records`;
export const retentionSchedule = (taskQueue: string) => `${taskQueue}-retention`;

async function keepSchedule(client: Client, taskQueue: string, { id, workflow, everyHours }: Regular) {
  const handle = client.schedule.getHandle(id);
  if (everyHours === undefined) {
    await handle.delete().catch((error: unknown) => {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    });
    return;
  }
  const schedule = {
    // Not on the stroke of the hour, when everything else happens, and what counts by hours is not yet written.
    spec: { intervals: [{ every: `${everyHours} hours` as const, offset: '6 minutes' as const }] },
    action: { type: 'startWorkflow', workflowType: workflow, taskQueue, workflowId: id } as const,
    policies: { overlap: 'SKIP', catchupWindow: '1 day' } as const,
  };
  try {
    await client.schedule.create({ scheduleId: id, ...schedule });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    // An operator who has paused it finds it paused.
    await handle.update(({ state }) => ({ ...schedule, state }));
  }
}
