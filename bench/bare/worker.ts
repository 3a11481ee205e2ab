import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { activities } from './activities.ts';

// The worker of the bare workflow: a process of its own, with the SDK's own settings, as `src/worker.ts` has them.
const [address = '', taskQueue = '', codePath = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit(0));
Runtime.install({ logger: new DefaultLogger('WARN') });
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  namespace: 'default',
  taskQueue,
  activities,
  workflowBundle: { codePath },
});
await worker.run();
