import { hostname } from 'node:os';
import { readConfig } from './config.ts';
import { openClient } from './temporal/connection.ts';

// The health check of a worker's container: exit code 0 when Temporal has lately been asked for work from this host on
// our task queue. A worker that hangs, or that has lost Temporal, does not ask.

/** A worker asks anew at least once a minute; the second one is for a slow answer. */
const latelyMs = 2 * 60_000;

const { temporal } = readConfig(process.env);
const { client, close } = openClient(temporal);
const { pollers } = await client.connection.withDeadline(Date.now() + 10_000, () =>
  client.workflowService.describeTaskQueue({
    namespace: temporal.namespace,
    taskQueue: { name: temporal.taskQueue },
  }),
);
await close();
const lately = pollers.some(
  // The SDK names a worker <process id>@<host name>; a container's host name is its own.
  ({ identity, lastAccessTime }) =>
    identity?.endsWith(`@${hostname()}`) &&
    Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < latelyMs,
);
if (!lately) {
  console.error('No worker of this host has asked for work lately.');
  process.exit(1);
}
