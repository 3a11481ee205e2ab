import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, inject } from 'vitest';
import { freePort } from '../../src/stack/ports.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { Api } from './api.ts';
import { eventually } from './eventually.ts';
import type { Keygrant } from './keygrant.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * API and worker of a Keygrant as the two processes that they are in production, to be killed.
 * @param supervised whether one that ends by itself is started again, as a container's restart policy does it
 */
export async function startProcesses(
  keygrant: Keygrant,
  workerEnv: Record<string, string> = {},
  { supervised = false } = {},
) {
  const { issuer, workflowBundle } = inject('stack');
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const running = new Set<ChildProcess>();
  const apis = new Map<string, Api>();

  let killing = false;

  const run = (entry: string, env: Record<string, string>) => {
    const child = spawn(process.execPath, ['--import', 'tsx', entry], {
      cwd: repository,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...keygrant.env, ...env },
      // With the channel they end by themselves should this process die.
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => void keygrant.log.push(text));
    running.add(child);
    child.once('exit', () => {
      running.delete(child);
      if (supervised && !killing) run(entry, env);
    });
    return child;
  };
  const processes = {
    baseUrl,
    as(person: string): Api {
      const api = apis.get(person) ?? new Api(baseUrl, () => signIn({ issuer, person }));
      apis.set(person, api);
      return api;
    },
    startWorker(env: Record<string, string> = {}): ChildProcess {
      return run('src/worker.ts', { WORKFLOW_BUNDLE: workflowBundle, ...env });
    },
    startServer(env: Record<string, string> = {}): ChildProcess {
      return run('src/server.ts', { PORT: String(port), ...env });
    },
    /** Resolves when the API answers; the worker comes when it comes. */
    async start(): Promise<void> {
      processes.startWorker(workerEnv);
      processes.startServer();
      await eventually(async () => {
        const answer = await fetch(`${baseUrl}/healthz`).catch(() => undefined);
        return answer?.ok || undefined;
      }, 30_000);
    },
    /** As the machine's sudden end would do it: no chance to finish anything. */
    async kill(): Promise<void> {
      killing = true;
      const gone = [...running].map((child) => once(child, 'exit'));
      for (const child of running) child.kill('SIGKILL');
      await Promise.all(gone);
      killing = false;
    },
  };
  afterAll(async () => {
    await processes.kill();
  });
  await processes.start();
  return processes;
}
