import { fileURLToPath } from 'node:url';
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { activityFailures } from '../../activities/failures.ts';
import type { Activities } from '../../activities/index.ts';
import type { Codec } from './codec.ts';
import { converterPaths, dataConverterOf } from './data-converter.ts';

/** The extension of our own files: `.ts` from the sources, `.js` from `dist`. */
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What a workflow bundle is made from; `npm run build` makes one for production. */
export const bundleSources = {
  workflowsPath: beside(`../../workflows/index.${extension}`),
  ...converterPaths,
};

/**
 * Makes a worker for all workflows and activities.
 * @param workflowBundle made at build time; without it the worker bundles at its start, which takes about two seconds
 */
export async function createWorker(options: {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  activities: Activities;
  codec: Codec;
  workflowBundle?: WorkflowBundleOption | undefined;
}): Promise<Worker> {
  const { workflowBundle, codec, ...rest } = options;
  return Worker.create({
    ...rest,
    ...(workflowBundle ? { workflowBundle } : { workflowsPath: bundleSources.workflowsPath }),
    dataConverter: dataConverterOf(codec),
    interceptors: { activity: [activityFailures] },
    // Long enough for an attempt at SMTP to end by itself; the default would cut activities off at once.
    shutdownGraceTime: '70 seconds',
    shutdownForceTime: '75 seconds',
  });
}
