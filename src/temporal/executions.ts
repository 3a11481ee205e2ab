import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';

/** An activity that has not succeeded yet. */
interface PendingActivity {
  name: string;
  /** From 1. */
  attempt: number;
  /** Whether an operator has paused it. */
  paused: boolean;
  /** Since when its first attempt waits for a worker; undefined where one has begun. */
  waitingSince: Date | undefined;
  /** How the last attempt failed, in its own words; undefined where none has. */
  failure: string | undefined;
}

/** A workflow execution as Temporal sees it. */
export interface Execution {
  /** Of an application, also its id. */
  id: string;
  /** The workflow's name. */
  type: string;
  runId: string;
  /** Of the first in its chain, which continuing as new does not change. */
  firstRunId: string;
  /** RUNNING, COMPLETED, FAILED, CANCELED, TERMINATED, CONTINUED_AS_NEW, TIMED_OUT, PAUSED */
  status: string;
  startedAt: Date;
  activities: PendingActivity[];
  /** A workflow task that waits for a worker, or that no worker gets through. */
  task: { attempt: number; since: Date; failure: string | undefined } | undefined;
}

/** How many executions are asked about at a time. */
const atATime = 16;

/** What operators ask of Temporal; it only looks. */
export function createExecutions(client: Client, taskQueue: string) {
  return {
    /** Throws within five seconds where Temporal does not answer; by itself the client would go on asking. */
    async reach(): Promise<void> {
      await client.connection.withDeadline(Date.now() + 5_000, () =>
        client.workflowService.getSystemInfo({}),
      );
    },

    /** Every running execution of the task queue with what it is at. */
    async *running(): AsyncGenerator<Execution> {
      const query = `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running'`;
      let asked: Promise<Execution | undefined>[] = [];
      const answers = async () => (await Promise.all(asked.splice(0))).filter((each) => each !== undefined);
      for await (const { workflowId } of client.workflow.list({ query })) {
        asked.push(find(workflowId));
        if (asked.length === atATime) yield* await answers();
      }
      yield* await answers();
    },
    find,
  };

  /** The newest execution of that id; undefined where Temporal knows none, or no longer. */
  async function find(id: string): Promise<Execution | undefined> {
    try {
      const { type, runId, status, startTime, raw } = await client.workflow.getHandle(id).describe();
      const { pendingActivities, pendingWorkflowTask: task, workflowExecutionInfo } = raw;
      return {
        id,
        type,
        runId,
        firstRunId: workflowExecutionInfo?.firstRunId ?? runId,
        status: status.name,
        startedAt: startTime,
        activities: await Promise.all(
          (pendingActivities ?? []).map(async (activity) => ({
            name: activity.activityType?.name ?? '',
            attempt: activity.attempt ?? 1,
            paused: activity.paused ?? false,
            waitingSince:
              activity.attempt === 1 && !activity.lastStartedTime
                ? dateOf(activity.scheduledTime)
                : undefined,
            failure: await messageOf(activity.lastFailure),
          })),
        ),
        task: task
          ? {
              attempt: task.attempt ?? 1,
              since: dateOf(task.originalScheduledTime) ?? dateOf(task.scheduledTime) ?? startTime,
              failure: (task.attempt ?? 1) > 1 ? await taskFailure(id, runId) : undefined,
            }
          : undefined,
      };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  /** How the last workflow task failed: it stands in the history only, near its end. */
  async function taskFailure(workflowId: string, runId: string): Promise<string | undefined> {
    const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      maximumPageSize: 20,
    });
    const failed = history?.events?.find((event) => event.workflowTaskFailedEventAttributes);
    return messageOf(failed?.workflowTaskFailedEventAttributes?.failure);
  }

  async function messageOf(failure: Parameters<typeof decodeOptionalFailureToOptionalError>[1]) {
    const error = await decodeOptionalFailureToOptionalError(client.options.loadedDataConverter, failure);
    return error?.message;
  }
}

type Timestamp = { seconds?: unknown } | null | undefined;

function dateOf(timestamp: Timestamp): Date | undefined {
  return timestamp?.seconds ? new Date(Number(timestamp.seconds) * 1000) : undefined;
}
