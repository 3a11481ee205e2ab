import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type postgres from 'postgres';
import { wake } from '../../workflows/messages.ts';
import type { webhook } from '../../workflows/webhook.ts';
import type { Database } from '../db/database.ts';
import { deleteOldDeliveries, waitingWebhooks } from '../db/webhook-deliveries.ts';

/** The channel on which the database tells, at the commit, for which endpoint something new waits. */
const channel = 'keygrant_webhooks';
/** How long an event can wait whose notification was lost. */
const sweepMs = 30_000;
const cleanMs = 60 * 60_000;
/** Less than between two sweeps, so that they do not pile up while Temporal is away. */
const patienceMs = 20_000;

interface Log {
  warn(fields: object, message: string): void;
}

/**
 * Starts the workflow of every endpoint that something waits for: at once when the database tells of it, and, since a
 * notification is lost when nobody listens or Temporal is away, by looking at its own start, whenever the connection comes
 * back, and every half minute. The rows are the truth: a workflow too many finds nothing to do. Every worker runs one.
 */
export function startWebhookDispatcher(options: {
  db: Database;
  connection: postgres.Sql;
  client: Client;
  taskQueue: string;
  log: Log;
}) {
  const { db, connection, client, taskQueue, log } = options;
  const settings = (id: string) => ({ workflowId: id, taskQueue, args: [id] as [string] });
  let stopped = false;

  const logged = (what: string, doing: () => Promise<unknown>) => {
    if (stopped) return;
    client.connection.withDeadline(Date.now() + patienceMs, doing).catch((error: unknown) => {
      if (!stopped) log.warn({ err: (error as Error).name }, `${what}; it is tried again by itself`);
    });
  };
  const tell = (id: string) =>
    logged('a webhook could not be woken', () =>
      client.workflow.signalWithStart<typeof webhook>('webhook', {
        ...settings(id),
        signal: wake,
      }),
    );
  const sweep = () =>
    logged('webhooks could not be started', async () => {
      for (const id of await waitingWebhooks(db)) {
        await client.workflow
          .start<typeof webhook>('webhook', { ...settings(id), workflowIdConflictPolicy: 'USE_EXISTING' })
          .catch((error: unknown) => {
            if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
          });
      }
    });
  const clean = () => logged('old deliveries could not be deleted', () => deleteOldDeliveries(db));

  const timers = [setInterval(sweep, sweepMs), setInterval(clean, cleanMs)];
  const listening = connection.listen(channel, tell, sweep).catch(() => undefined);
  return {
    async stop(): Promise<void> {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await (await listening)?.unlisten();
    },
  };
}
