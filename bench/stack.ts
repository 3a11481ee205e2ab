import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { cacheFolder, readConfig } from '../src/config.ts';
import { prepareDatabase } from '../src/stack/database.ts';
import { startIdentity } from '../src/stack/identity.ts';
import { freePort } from '../src/stack/ports.ts';
import { startPostgres } from '../src/stack/postgres.ts';
import { audience, firstAdmin, people, portal, seed } from '../src/stack/seed.ts';
import { signIn } from '../src/stack/sign-in.ts';
import { startTemporal } from '../src/stack/temporal.ts';
import { findTemporal } from '../src/stack/temporal-binary.ts';
import { workerServes } from '../src/stack/worker-serves.ts';
import { openClient } from '../src/temporal/connection.ts';
import { bundleSources } from '../src/temporal/worker.ts';
import { Applications } from './applications.ts';
import { BareWorkflows, taskQueue } from './bare/drive.ts';
import { type Child, start } from './child.ts';
import { timeZone } from './days.ts';

export type BenchStack = Awaited<ReturnType<typeof startStack>>;

/** From the last approval to the mail, in Keygrant and in the bare workflow. */
const delayMs = 1_000;

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const ip = '127.0.0.1';

/** Starts everything that takes part, on loopback: the embedded servers, API and worker as processes, the bare worker. */
export async function startStack(folder: string) {
  const logFile = (name: string) => join(folder, 'logs', `${name}.log`);
  await mkdir(join(folder, 'logs'), { recursive: true });
  const path = process.env['PATH'] ?? '';
  const binary = await findTemporal({
    path,
    cacheFolder: cacheFolder(process.env, homedir()),
    say: console.log,
  });
  const workflowBundle = await bundle(join(folder, 'workflows.js'), bundleSources);
  const bareBundle = await bundle(join(folder, 'bare.js'), { workflowsPath: file('./bare/workflow.ts') });

  const stops: (() => Promise<unknown>)[] = [];
  const started = <T extends { stop(): Promise<void> }>(part: T): T => {
    stops.push(() => part.stop());
    return part;
  };
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next().catch(console.error);
  };
  try {
    const identity = started(
      await startIdentity({ port: 0, people: [...people], portals: [portal], audience, redirectUris: [] }),
    );
    const database = started(
      await startPostgres({
        dataFolder: join(folder, 'postgres'),
        port: await freePort(),
        logFile: logFile('postgres'),
      }),
    );
    const temporal = started(
      await startTemporal({
        binary,
        port: await freePort(),
        databaseFile: join(folder, 'temporal.db'),
        logFile: logFile('temporal'),
      }),
    );
    const smtpPort = await freePort();
    const smtp = started(
      await start({
        file: file('./smtp-sink.ts'),
        args: [String(smtpPort)],
        env: { PATH: path },
        logFile: logFile('smtp'),
      }),
    );
    const apiPort = await freePort();
    const env: Record<string, string> = {
      PATH: path,
      KEYGRANT_MODE: 'development',
      DATABASE_URL: await prepareDatabase((name) => database.url(name), folder),
      TEMPORAL_ADDRESS: temporal.address,
      OIDC_ISSUER: identity.issuer,
      OIDC_AUDIENCE: audience,
      FIRST_ADMIN: firstAdmin,
      SMTP_URL: `smtp://${ip}:${smtpPort}`,
      DELIVERY_DELAY: `${delayMs / 1_000}s`,
      TIME_ZONE: timeZone,
      RATE_LIMIT: '1000000',
      WORKFLOW_BUNDLE: workflowBundle,
      HOST: ip,
      PORT: String(apiPort),
    };
    const baseUrl = `http://${ip}:${apiPort}`;
    /** API and worker, each with its own way to the database where the statements are counted. */
    const startKeygrant = async (urls: { api?: string; worker?: string } = {}) => {
      const to = (url: string | undefined) => (url === undefined ? env : { ...env, DATABASE_URL: url });
      const api = started(
        await start({ file: file('../src/server.ts'), env: to(urls.api), logFile: logFile('api') }),
      );
      const worker = started(
        await start({
          file: file('../src/worker.ts'),
          env: to(urls.worker),
          logFile: logFile('worker'),
          preload: [new URL('./heap.mjs', import.meta.url).href],
        }),
      );
      const serves = async () =>
        Boolean((await fetch(`${baseUrl}/readyz`).catch(() => undefined))?.ok) &&
        (await workerServes(env, worker.pid));
      await until(serves, { api, worker }, folder);
      return { api, worker };
    };

    const first = await startKeygrant();
    const tokenOf = (person: string) => signIn({ issuer: identity.issuer, person });
    await seed(baseUrl, await tokenOf(firstAdmin));
    const tokens = {
      applicant: await tokenOf('ada'),
      reviewers: [await tokenOf('ben'), await tokenOf('cleo')],
    } as const;
    await stopAll(first);

    const config = readConfig(env);
    const { client, close } = openClient(config.temporal);
    stops.push(close);
    const bareWorker = started(
      await start({
        file: file('./bare/worker.ts'),
        args: [temporal.address, taskQueue, bareBundle],
        env: { PATH: path },
        logFile: logFile('bare-worker'),
      }),
    );
    return {
      config,
      client,
      applications: new Applications(baseUrl, tokens),
      // Bare means without our codec, too.
      bare: new BareWorkflows(new Client({ connection: client.connection }), bareWorker, delayMs),
      pids: { postgres: database.pid, temporal: temporal.pid, smtp: smtp.pid, bareWorker: bareWorker.pid },
      startKeygrant,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** API and worker of a Keygrant. */
export type Keygrant = Awaited<ReturnType<BenchStack['startKeygrant']>>;

export async function stopAll(children: Record<string, Child>): Promise<void> {
  await Promise.all(Object.values(children).map((child) => child.stop()));
}

async function bundle(to: string, sources: Parameters<typeof bundleWorkflowCode>[0]): Promise<string> {
  const { code } = await bundleWorkflowCode({ ...sources, logger: new DefaultLogger('WARN') });
  await writeFile(to, code);
  return to;
}

/** Waits until API and worker serve, for at most two minutes; less where one of them has ended. */
async function until(
  serves: () => Promise<boolean>,
  children: Record<string, Child>,
  folder: string,
): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await serves())) {
    const ended = Object.entries(children).find(([, child]) => child.process.exitCode !== null);
    if (ended || Date.now() > end)
      throw new Error(
        `The ${ended?.[0] ?? 'API or the worker'} does not serve; see its log in ${folder}/logs.`,
      );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
