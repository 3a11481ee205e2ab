import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';

/** One of our own processes, as in production but for the preload that can be asked for the heap. */
export interface Child {
  pid: number;
  process: ChildProcess;
  stop(): Promise<void>;
}

/** Runs a file of ours through tsx, with its log in a file. It ends when this process does. */
export async function start(options: {
  file: string;
  args?: readonly string[];
  env: Record<string, string>;
  logFile: string;
  /** Preloads that are imported before the file, in this process and in its worker threads. */
  preload?: readonly string[];
  /** The one core that it may use; where the system has no taskset, any. */
  core?: number | undefined;
  /** For Node, such as `--cpu-prof`. */
  flags?: readonly string[];
}): Promise<Child> {
  const { file, args = [], env, logFile, preload = [], core, flags: more = [] } = options;
  const log = await open(logFile, 'a');
  const imports = [import.meta.resolve('tsx'), ...preload].flatMap((each) => ['--import', each]);
  const flags = [...more, ...(preload.length > 0 ? ['--expose-gc'] : []), ...imports];
  const child = fork(file, args, {
    env,
    ...(core === undefined
      ? { execArgv: flags }
      : { execPath: 'taskset', execArgv: ['-c', String(core), process.execPath, ...flags] }),
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  await log.close();
  if (child.pid === undefined) throw new Error(`${file} cannot be run`);
  return {
    pid: child.pid,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      // Nothing is in it that is not in PostgreSQL or Temporal; a graceful end waits for its long polls.
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Asks the next message of a child whose handler answers `question` with one. */
export async function ask<T>({ process: child }: Child, question: string): Promise<T> {
  const answer = once(child, 'message', { signal: AbortSignal.timeout(60_000) });
  child.send(question);
  const [message] = await answer;
  return message as T;
}
