import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A process of Keygrant's own, as the stack runs it. */
export interface OwnProcess {
  name: string;
  pid: number | undefined;
  /** How it ended: by itself, or because it was stopped. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

/** A worker lets an SMTP attempt end, which can take a minute; nobody waits that long for Ctrl-C. */
const patienceMs = 8_000;

/**
 * Starts one of Keygrant's processes from its source, with its log in a file. A channel to it makes it end when this
 * process is gone; its own process group keeps Ctrl-C for this process, which decides the order.
 */
export async function startOwn(options: {
  name: 'server' | 'worker';
  env: Record<string, string>;
  logFile: string;
}): Promise<OwnProcess> {
  const { name, env, logFile } = options;
  await mkdir(dirname(logFile), { recursive: true });
  const log = await open(logFile, 'a');
  const child = fork(fileURLToPath(new URL(`../${name}.ts`, import.meta.url)), {
    env,
    execArgv: ['--import', import.meta.resolve('tsx')],
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  await log.close();
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
  return { name, pid: child.pid, exited, stop: () => stop(child, exited) };
}

async function stop(child: ChildProcess, exited: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await exited;
  clearTimeout(patience);
}
