import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readlink, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import { promisify } from 'node:util';
import { errorCode } from './error-code.ts';
import type { PostgresUser } from './postgres-user.ts';

const run = promisify(execFile);

/** How to make a cluster, and as whom. */
export interface NewCluster {
  /** The folder that becomes the cluster; its parent exists and belongs to the user. */
  cluster: string;
  /** Holds the password that the superuser `postgres` gets. */
  passwordFile: string;
  initdb: string;
  user: PostgresUser;
  /** False skips the flush to disk at the end. */
  durable: boolean;
}

/**
 * Makes the cluster unless it exists. It is made under another name and renamed when complete, so that an interrupted
 * first start leaves nothing that looks like a cluster.
 * @throws Error with what initdb said
 */
export async function makeCluster(options: NewCluster): Promise<void> {
  if (existsSync(join(options.cluster, 'PG_VERSION'))) return;
  const unfinished = `${options.cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const flags = [
    `--pgdata=${unfinished}`,
    `--pwfile=${options.passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own C.UTF-8 sorts the same on every machine, whatever locales that has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(options.durable ? [] : ['--no-sync']),
  ];
  const { command, args, ...ids } = options.user.command(options.initdb, flags);
  try {
    await run(command, args, { ...ids, cwd: '/' });
  } catch (error) {
    // Its message ends with all that initdb had to say.
    throw new Error(`PostgreSQL's initdb failed: ${String(error)}`, { cause: error });
  }
  await rename(unfinished, options.cluster);
}

/**
 * Makes sure that nobody else has the cluster open.
 *
 * After a crash of this product its guardian is still stopping the old PostgreSQL: that is waited for. After a power
 * cut the pid file names a process that is long gone, whose number may since have gone to somebody else, at which
 * PostgreSQL itself would give up: such a file is removed.
 * @throws Error when a living PostgreSQL keeps the cluster open
 */
export async function releaseCluster(cluster: string, patienceMs = 15_000): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
    if (!(pid > 0)) return;
    if (!(await servesCluster(pid, cluster))) {
      await rm(pidFile, { force: true });
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Another PostgreSQL (process ${pid}) has ${cluster} open. Is this product already running? Stop that first.`,
      );
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  // A postmaster works in its cluster's folder.
  if (platform === 'linux') {
    return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === (await realpath(cluster));
  }
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes(cluster);
}
