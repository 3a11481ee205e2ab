import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js';
import type { ReceivedSignal, Run } from '../domain/comparison.ts';

/** The runs of an application's workflow that Temporal still keeps. */
export interface Retained {
  workflowId: string;
  runIds: string[];
}

/** Every application's workflow of a task queue that is within the namespace's retention, without its history. */
export async function retainedWorkflows(client: Client, taskQueue: string): Promise<Retained[]> {
  const workflows = new Map<string, Retained>();
  const query = `TaskQueue = '${taskQueue}' AND WorkflowType = 'application'`;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const retained = workflows.get(workflowId) ?? { workflowId, runIds: [] };
    retained.runIds.push(runId);
    workflows.set(workflowId, retained);
  }
  return [...workflows.values()];
}

/** Whether an application's workflow runs now; asked of the server itself, since its index may lag behind. */
export async function isRunning(client: Client, workflowId: string): Promise<boolean> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** What the histories of a workflow's runs tell, oldest run first; without those whose retention ended meanwhile. */
export async function runsOf(client: Client, { workflowId, runIds }: Retained): Promise<Run[]> {
  const runs = await Promise.all(runIds.map((runId) => runOf(client, workflowId, runId)));
  return runs.filter((run) => run !== undefined).toSorted((a, b) => a.startedAt - b.startedAt);
}

async function runOf(client: Client, workflowId: string, runId: string): Promise<Run | undefined> {
  const handle = client.workflow.getHandle(workflowId, runId);
  try {
    const { status, startTime } = await handle.describe();
    const { events } = await handle.fetchHistory();
    const read = reader(client, workflowId);
    const run: Run = {
      runId,
      startedAt: startTime.getTime(),
      status: status.name,
      submission: undefined,
      signals: [],
      records: [],
      position: undefined,
      result: undefined,
    };
    /** What activities were asked for, by the event that asked. */
    const asked = new Map<string, ReceivedSignal>();
    for (const event of events ?? []) {
      const started = event.workflowExecutionStartedEventAttributes;
      if (started) run.submission = submissionIn(await read(started.input?.payloads));
      const signal = event.workflowExecutionSignaledEventAttributes;
      if (signal)
        run.signals.push({ name: signal.signalName ?? '', payload: await read(signal.input?.payloads) });
      const scheduled = event.activityTaskScheduledEventAttributes;
      if (scheduled?.activityType?.name === 'recordSignal') {
        const received = (await read(scheduled.input?.payloads)) as ReceivedSignal;
        asked.set(String(event.eventId), received);
        run.records.push({ ...received, outcome: undefined });
      }
      const completed = event.activityTaskCompletedEventAttributes;
      if (completed) {
        const answer = await read(completed.result?.payloads);
        const received = asked.get(String(completed.scheduledEventId));
        const record = run.records.find((each) => each.signal === received?.signal);
        if (record && isRecord(answer)) record.outcome = String(answer['outcome']);
        const position = positionIn(answer);
        if (position && position.revision >= (run.position?.revision ?? 0)) run.position = position;
      }
      const ended = event.workflowExecutionCompletedEventAttributes;
      if (ended) run.result = await read(ended.result?.payloads);
    }
    return run;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** Reads the first payload of a list, as the workers do: what cannot be read is not a decision. */
function reader(client: Client, workflowId: string) {
  const { namespace, loadedDataConverter } = client.options;
  return async (payloads: Payload[] | null | undefined): Promise<unknown> => {
    const context = { type: 'workflow', namespace, workflowId } as const;
    const [value] = await decodeArrayFromPayloads(loadedDataConverter, payloads, context);
    return value;
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The position that an activity answered with: alone, or beside something else. */
function positionIn(answer: unknown): Run['position'] {
  if (!isRecord(answer)) return undefined;
  const { state, level, revision } = isRecord(answer['position']) ? answer['position'] : answer;
  if (typeof state !== 'string' || typeof revision !== 'number') return undefined;
  return { state, level: typeof level === 'number' ? level : null, revision };
}

function submissionIn(input: unknown): Run['submission'] {
  if (!isRecord(input)) return undefined;
  const { applicationId, revision, submittedBy, via, requestId, signature } = input;
  const texts = [applicationId, submittedBy, requestId, signature];
  if (typeof revision !== 'number' || !texts.every((text) => typeof text === 'string')) return undefined;
  return {
    applicationId: String(applicationId),
    revision,
    submittedBy: String(submittedBy),
    via: typeof via === 'string' ? via : null,
    requestId: String(requestId),
    signature: String(signature),
  };
}
