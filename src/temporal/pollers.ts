import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

const { TaskQueueType } = proto.temporal.api.enums.v1;

/** A worker asks anew at least once a minute; the second one is for a slow answer. */
const latelyMs = 2 * 60_000;

/** Kinds of tasks that a worker asks for. */
export type Kind = 'workflow' | 'activity';

/** Who has lately asked Temporal for work of a kind. The SDK names a worker `<process id>@<host name>`. */
export async function pollersOf(client: Client, taskQueue: string, kind: Kind): Promise<string[]> {
  const { pollers } = await client.connection.withDeadline(Date.now() + 2_000, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: TaskQueueType[`TASK_QUEUE_TYPE_${kind === 'workflow' ? 'WORKFLOW' : 'ACTIVITY'}`],
    }),
  );
  return (pollers ?? [])
    .filter(({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < latelyMs)
    .map(({ identity }) => identity ?? '');
}
