import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort, isListening } from '../../src/stack/ports.ts';
import { startPostgres } from '../../src/stack/postgres.ts';
import { releaseCluster } from '../../src/stack/postgres-cluster.ts';

// mkdtemp makes a folder that only its owner can enter. Run as root, these tests so also show that PostgreSQL, as
// the lesser user that it then has to be, gets at data below a closed folder.
let folder: string;
let port: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keygrant-postgres-'));
  port = await freePort();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = (durable = false) =>
  startPostgres({ dataFolder: join(folder, 'data'), port, logFile: join(folder, 'postgres.log'), durable });
const pidFile = () => join(folder, 'data', 'cluster', 'postmaster.pid');
const postmaster = async () => Number.parseInt(await readFile(pidFile(), 'utf8'), 10);

async function query<T>(url: string, text: string): Promise<T[]> {
  const sql = postgres(url, { max: 1 });
  try {
    return await sql.unsafe<T[]>(text);
  } finally {
    await sql.end();
  }
}

describe('the embedded PostgreSQL', { timeout: 60_000 }, () => {
  test('keeps its data over a restart, and is gone in between', async () => {
    const first = await start(true);
    const url = first.url('postgres');
    await query(url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(await isListening(port)).toBe(false);
    const second = await start(true);
    expect(second.url('postgres')).toBe(url);
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('works in a folder that everybody can enter, too', async () => {
    await chmod(folder, 0o755);
    const server = await start();
    expect(await query(server.url('postgres'), 'select current_user as name')).toEqual([
      { name: 'postgres' },
    ]);
    await server.stop();
  });

  test('recovers after it was killed', async () => {
    const first = await start(true);
    await query(first.url('postgres'), 'create table kept as select 42 as answer');
    process.kill(await postmaster(), 'SIGKILL');
    await first.stop();
    const second = await start(true);
    expect(await query(second.url('postgres'), 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('starts although the pid file of a power cut names a process that is somebody else now', async () => {
    await (await start()).stop();
    await writeFile(pidFile(), `${process.pid}\n${join(folder, 'data', 'cluster')}\n`);
    await (await start()).stop();
  });

  test('is not started twice on the same data', async () => {
    const server = await start();
    const cluster = join(folder, 'data', 'cluster');
    await expect(releaseCluster(cluster, 200)).rejects.toThrow(
      /Another PostgreSQL \(process \d+\) has .* open/,
    );
    await server.stop();
    await releaseCluster(cluster, 0);
  });

  test('asks for the password that it keeps to itself', async () => {
    const server = await start();
    const guess = new URL(server.url('postgres'));
    guess.password = 'postgres';
    await expect(query(guess.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect((await stat(join(folder, 'data', 'superuser-password'))).mode & 0o077).toBe(0);
    await server.stop();
  });

  test('says why when it does not start', async () => {
    const server = await start();
    const second = startPostgres({
      dataFolder: join(folder, 'other'),
      port,
      logFile: join(folder, 'other.log'),
      durable: false,
    });
    await expect(second).rejects.toThrow(/PostgreSQL did not start[\s\S]*Address already in use/);
    await server.stop();
  });
});
