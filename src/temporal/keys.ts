import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type postgres from 'postgres';
import type { key } from '../../workflows/key.ts';
import { wake } from '../../workflows/messages.ts';
import type { Database } from '../db/database.ts';
import { keysToLookAt } from '../db/key-life.ts';
import { keyWorkflowId } from '../domain/ids.ts';
import type { SignedKeyAct } from '../domain/key-acts.ts';
import { answered } from './answered.ts';

/** The channel on which the database tells, at the commit, of which key something has changed. */
const channel = 'keygrant_keys';
/** How long a change can wait whose notification was lost. */
const sweepMs = 30_000;
/** Less than between two sweeps, so that they do not pile up while Temporal is away. */
const patienceMs = 20_000;

export type KeyProcesses = ReturnType<typeof createKeyProcesses>;

/** How things happen to keys: by signals to their workflows, each started where it does not run. */
export function createKeyProcesses(client: Client, taskQueue: string) {
  const settings = (keyId: string) => ({
    workflowId: keyWorkflowId(keyId),
    taskQueue,
    args: [keyId] as [string],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    staticSummary: `The life of ${keyId}`,
  });
  return {
    /** Signals what somebody does to a key. */
    async act(act: SignedKeyAct): Promise<void> {
      await answered(client, () =>
        client.workflow.signalWithStart<typeof key, [SignedKeyAct]>('key', {
          ...settings(act.keyId),
          signal: act.act,
          signalArgs: [act],
        }),
      );
    },

    /** Has the workflow of a key look at it: it does so when it starts, so only one that runs is told. */
    async look(keyId: string): Promise<void> {
      try {
        return void (await client.workflow.start<typeof key>('key', settings(keyId)));
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
      await client.workflow.signalWithStart<typeof key>('key', { ...settings(keyId), signal: wake });
    },
  };
}

interface Log {
  warn(fields: object, message: string): void;
}

/**
 * Starts or wakes the workflow of every key that has changed: at once when the database tells of it, and, since a
 * notification is lost when nobody listens or Temporal is away, by looking at its own start, whenever the connection comes
 * back, and every half minute. The rows are the truth: a workflow that is woken for nothing finds nothing to do. So every key
 * gets its workflow, however it came to be there. Every worker runs one.
 */
export function startKeyDispatcher(options: {
  db: Database;
  connection: postgres.Sql;
  client: Client;
  taskQueue: string;
  log: Log;
}) {
  const { db, connection, client, taskQueue, log } = options;
  const processes = createKeyProcesses(client, taskQueue);
  let stopped = false;
  const logged = (doing: () => Promise<unknown>) => {
    if (stopped) return;
    client.connection.withDeadline(Date.now() + patienceMs, doing).catch((error: unknown) => {
      if (!stopped)
        log.warn({ err: (error as Error).name }, 'a key could not be looked at; it is tried again by itself');
    });
  };
  const look = (keyId: string) => logged(() => processes.look(keyId));
  const sweep = () =>
    logged(async () => {
      for (const keyId of await keysToLookAt(db)) await processes.look(keyId);
    });
  const timer = setInterval(sweep, sweepMs);
  const listening = connection.listen(channel, look, sweep).catch(() => undefined);
  return {
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await (await listening)?.unlisten();
    },
  };
}
