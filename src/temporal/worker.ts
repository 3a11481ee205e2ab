import { fileURLToPath } from 'node:url';
import { type NativeConnection, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { activityFailures } from '../../activities/failures.ts';
import type { Activities } from '../../activities/index.ts';
import { signalMetrics } from '../../activities/signal-metrics.ts';
import type { WebhookActivities } from '../../activities/webhooks.ts';
import { webhookQueueOf } from '../domain/task-queues.ts';
import type { Tracing } from '../tracing/tracing.ts';
import type { Codec } from './codec.ts';
import { converterPaths, dataConverterOf } from './data-converter.ts';

/** The extension of our own files: `.ts` from the sources, `.js` from `dist`. */
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What a workflow bundle is made from; `npm run build` makes one for production. */
export const bundleSources = {
  workflowsPath: beside(`../../workflows/index.${extension}`),
  workflowInterceptorModules: [beside(`../../workflows/trace.${extension}`)],
  ...converterPaths,
};

/** What a worker is to Temporal. */
interface Membership {
  connection: NativeConnection;
  namespace: string;
  /** That of the workflows. */
  taskQueue: string;
  codec: Codec;
  deploymentName: string;
  buildId?: string | undefined;
}

/**
 * Open applications move on to the build that is made current: a review may stay open for months, and for none of them
 * should an old build have to run. So a build must replay what older ones did: `patched()`, and the replay test.
 */
const versionOf = (deploymentName: string, buildId: string | undefined) =>
  buildId === undefined
    ? {}
    : {
        workerDeploymentOptions: {
          useWorkerVersioning: true,
          version: { deploymentName, buildId },
          defaultVersioningBehavior: 'AUTO_UPGRADE',
        } as const,
      };

/**
 * Makes a worker for all workflows and activities.
 * @param workflowBundle made at build time; without it the worker bundles at its start, which takes about two seconds
 */
export async function createWorker(
  options: Membership & {
    activities: Activities;
    workflowBundle?: WorkflowBundleOption | undefined;
    tracing?: Pick<Tracing, 'activity'> | undefined;
  },
): Promise<Worker> {
  const { workflowBundle, codec, deploymentName, buildId, tracing, ...rest } = options;
  const { workflowsPath, workflowInterceptorModules: workflowModules } = bundleSources;
  return Worker.create({
    ...rest,
    ...(workflowBundle ? { workflowBundle } : { workflowsPath }),
    dataConverter: dataConverterOf(codec),
    interceptors: {
      activity: [
        ...(tracing ? [tracing.activity] : []),
        activityFailures,
        signalMetrics(Runtime.instance().metricMeter),
      ],
      // A bundle has them built in.
      ...(workflowBundle ? {} : { workflowModules }),
    },
    ...versionOf(deploymentName, buildId),
    // Long enough for an attempt at SMTP to end by itself; the default would cut activities off at once.
    shutdownGraceTime: '70 seconds',
    shutdownForceTime: '75 seconds',
  });
}

/**
 * Makes the worker of what talks to the servers of others. It has a task queue of its own, because their slowness must not
 * take the places that applications wait for. No workflow runs in it.
 */
export async function createWebhookWorker(
  options: Membership & { activities: WebhookActivities },
): Promise<Worker> {
  const { codec, taskQueue, deploymentName, buildId, ...rest } = options;
  return Worker.create({
    ...rest,
    taskQueue: webhookQueueOf(taskQueue),
    dataConverter: dataConverterOf(codec),
    interceptors: { activity: [activityFailures] },
    ...versionOf(deploymentName, buildId),
    // Most of them wait for an answer, one for each endpoint.
    maxConcurrentActivityTaskExecutions: 200,
    // Longer than an attempt takes.
    shutdownGraceTime: '20 seconds',
    shutdownForceTime: '25 seconds',
  });
}
