import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const guardian = fileURLToPath(new URL('./guardian.mjs', import.meta.url));

/** What to run, and as whom. */
export interface GuardedCommand {
  command: string;
  args: readonly string[];
  /** Everything that the command prints is appended here. */
  logFile: string;
  uid?: number;
  gid?: number;
  cwd?: string;
  /** Defaults to this process's own environment. */
  env?: NodeJS.ProcessEnv;
}

/** A running server that cannot outlive this process. */
export interface GuardedProcess {
  /** Process id of the server itself, not of its guardian. */
  pid: number;
  /** Resolves when the server has ended, with its exit code (128 + n after signal n); never rejects. */
  exited: Promise<number>;
  /** Asks the server to stop and resolves once it is gone, by force after ten seconds. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a server that ends when this process ends, however that comes about.
 *
 * It runs in a process group of its own: Ctrl-C on the terminal reaches this process alone, which so decides in which
 * order its servers stop.
 * @throws Error when the command cannot be run at all, e.g. because it does not exist
 */
export async function spawnGuarded(spec: GuardedCommand): Promise<GuardedProcess> {
  const { logFile, env, ...command } = spec;
  await mkdir(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(process.execPath, [guardian, JSON.stringify(command)], {
    detached: true,
    stdio: ['pipe', 'pipe', log],
    ...(env && { env }),
  });
  closeSync(log);
  let pid: number | undefined;
  const exited = new Promise<number>((resolve) => {
    child.on('error', () => resolve(127));
    child.on('exit', (code) => {
      // The guardian itself was killed: then nobody looks after the server any more.
      if (code === null && pid !== undefined) kill(pid);
      resolve(code ?? 137);
    });
  });
  pid = await serverPid(child, exited, spec.command);
  return {
    pid,
    exited,
    async stop() {
      child.stdin?.end();
      await exited;
    },
  };
}

async function serverPid(guard: ChildProcess, exited: Promise<number>, command: string): Promise<number> {
  const firstLine = new Promise<string>((resolve) => {
    if (guard.stdout) createInterface(guard.stdout).once('line', resolve);
  });
  // The line and the exit of a command that could not start come at almost the same time: give the line its chance.
  const ended = exited.then(() => new Promise<string>((resolve) => setTimeout(resolve, 200, '{}')));
  const answer: { pid?: number; error?: string } = JSON.parse(await Promise.race([firstLine, ended]));
  if (answer.pid === undefined)
    throw new Error(`Cannot run ${command}: ${answer.error ?? 'no reason given'}`);
  return answer.pid;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went with its guardian.
  }
}

/** The last lines of a log, for the message of an error about the server that wrote it; empty when there is none. */
export async function logTail(logFile: string, lines = 12): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
