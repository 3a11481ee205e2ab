import type { Client } from '@temporalio/client';
import type { Worker } from '@temporalio/worker';
import { type Kind, pollersOf } from './pollers.ts';

/**
 * Why workers do not take work, or undefined where they do: each must be running, and Temporal itself must say that it
 * has been asked for work by it. What a worker says of itself is not enough: one that has lost Temporal goes on trying.
 */
export async function workerTrouble(
  client: Client,
  workers: readonly { worker: Worker; kind: Kind }[],
): Promise<string | undefined> {
  const troubles = workers.map(async ({ worker, kind }) => {
    const { taskQueue, identity } = worker.options;
    if (worker.getState() !== 'RUNNING') return `the worker is ${worker.getState().toLowerCase()}`;
    try {
      const pollers = await pollersOf(client, taskQueue, kind);
      return pollers.includes(identity) ? undefined : `the worker has not asked ${taskQueue} for work lately`;
    } catch {
      return 'Temporal does not answer';
    }
  });
  return (await Promise.all(troubles)).find((trouble) => trouble !== undefined);
}
