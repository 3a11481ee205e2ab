import { fork } from 'node:child_process';
import { open } from 'node:fs/promises';
import { pause } from './patience.ts';
import type { Fault, PartName } from './plan.ts';

/** A process that runs. */
interface Running {
  pid: number;
  exited: Promise<unknown>;
  stop(): Promise<void>;
}

/** A part of the product that is killed now and then, and otherwise kept running, as a restart policy does it. */
export interface Part {
  name: PartName;
  /** How often it was killed, and how often it ended by itself. */
  killed: number;
  ended: number;
  strike(fault: Fault): { struck: Promise<void>; up: Promise<void> };
  /** Stops it as an operator does, does the work, and starts it again. */
  during(work: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a part, and starts it again whenever it has ended without being stopped. */
export async function keep(name: PartName, start: () => Promise<Running>): Promise<Part> {
  let running: Running | undefined;
  let servingSince = 0;
  const stopped = new AbortController();
  /** Whatever is done to the part, is done after what was done before. */
  let queue: Promise<void> = Promise.resolve();
  const next = (work: () => Promise<void>) => (queue = queue.then(work));

  const up = async (): Promise<void> => {
    while (!stopped.signal.aborted && !running) {
      running = await start().catch(() => undefined);
      if (!running) await pause(500);
    }
    servingSince = Date.now();
    const mine = running;
    void mine?.exited.then(() => {
      if (stopped.signal.aborted || running !== mine) return;
      running = undefined;
      part.ended += 1;
      void next(async () => {
        await pause(300);
        await up();
      });
    });
  };
  const part: Part = {
    name,
    killed: 0,
    ended: 0,
    strike({ servingMs, goneMs }) {
      let tell = () => {};
      const struck = new Promise<void>((resolve) => (tell = resolve));
      const down = next(async () => {
        await pause(Math.max(servingSince + servingMs - Date.now(), 0));
        const victim = running;
        running = undefined;
        if (victim) {
          process.kill(victim.pid, 'SIGKILL');
          part.killed += 1;
        }
        tell();
        await victim?.exited;
        await pause(goneMs);
        await up();
      });
      return { struck, up: down };
    },
    during: (work) =>
      next(async () => {
        const stopping = running;
        running = undefined;
        await stopping?.stop();
        await work();
        await up();
      }),
    async stop() {
      stopped.abort();
      await queue;
      await running?.stop();
    },
  };
  await up();
  return part;
}

/** Runs one of our own files as a process until it serves, with its log in a file; it ends when this process does. */
export async function runFile(options: {
  file: string;
  args?: readonly string[];
  env: Record<string, string>;
  logFile: string;
  serves: (pid: number) => Promise<boolean>;
}): Promise<Running> {
  const log = await open(options.logFile, 'a');
  const child = fork(options.file, options.args ?? [], {
    env: options.env,
    execArgv: options.file.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : [],
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  await log.close();
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${options.file} cannot be run`);
  // What it depends on may be down itself: then nobody waits for it for ever.
  const end = Date.now() + 20_000;
  while (
    child.exitCode === null &&
    child.signalCode === null &&
    Date.now() < end &&
    !(await options.serves(pid))
  )
    await pause(100);
  return {
    pid,
    exited,
    async stop() {
      // It holds nothing that is not in PostgreSQL or Temporal; an SMTP attempt would make it dawdle.
      child.kill('SIGKILL');
      await exited;
    },
  };
}
