import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { errorCode } from './error-code.ts';
import { logTail, spawnGuarded } from './guarded.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { makeCluster, releaseCluster } from './postgres-cluster.ts';
import { postgresUser } from './postgres-user.ts';

/** Where the embedded PostgreSQL keeps its data and listens. */
export interface PostgresOptions {
  /** Made when missing; holds the cluster and the superuser's password. */
  dataFolder: string;
  port: number;
  logFile: string;
  /** False for a cluster that is thrown away afterwards: much faster, and lost in a power cut. Default: true. */
  durable?: boolean;
}

/** A running PostgreSQL. */
export interface RunningPostgres {
  /** Connection URL of a database, as superuser. The database `postgres` always exists. */
  url(database: string): string;
  /** Of the postmaster. */
  pid: number;
  /** Resolves when the server has ended, whatever the reason. */
  exited: Promise<number>;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/**
 * Starts PostgreSQL on a data folder, new or used before, and resolves when it accepts connections on 127.0.0.1.
 *
 * A cluster that was left by a crash recovers by itself. It ends with this process, however that ends.
 * @throws Error with the end of PostgreSQL's log when it does not start
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { port, logFile, durable = true } = options;
  const dataFolder = resolve(options.dataFolder);
  const cluster = join(dataFolder, 'cluster');
  const binaries = await postgresBinaries();
  await mkdir(dataFolder, { recursive: true });
  const user = await postgresUser([dataFolder, binaries.initdb, binaries.postgres]);
  await user.own(dataFolder);
  const passwordFile = join(dataFolder, 'superuser-password');
  const password = await ensurePassword(passwordFile);
  await user.own(passwordFile);
  await makeCluster({ cluster, passwordFile, initdb: binaries.initdb, user, durable });
  await releaseCluster(cluster);

  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // No socket file: its folder might not be writable, and its path has a length limit.
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = await spawnGuarded({
    ...user.command(binaries.postgres, ['-D', cluster, ...flags]),
    logFile,
    cwd: '/',
  });
  let ended = false;
  void server.exited.then(() => (ended = true));
  const deadline = Date.now() + startTimeoutMs;
  while (!(await isReady(cluster, server.pid))) {
    if (ended || Date.now() > deadline) {
      await server.stop();
      throw new Error(`PostgreSQL did not start. The end of ${logFile}:\n${await logTail(logFile)}`);
    }
    await new Promise((wake) => setTimeout(wake, 25));
  }
  return {
    url: (database) => `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    pid: server.pid,
    exited: server.exited,
    stop: () => server.stop(),
  };
}

/** The postmaster itself says in its pid file, on the last line, when it accepts connections; pg_ctl looks there too. */
async function isReady(cluster: string, pid: number): Promise<boolean> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

async function ensurePassword(file: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  try {
    await writeFile(file, password, { mode: 0o600, flag: 'wx' });
    return password;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    return (await readFile(file, 'utf8')).trim();
  }
}
