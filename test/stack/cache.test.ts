import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cached } from '../../src/stack/cache.ts';

let cacheFolder: string;
beforeEach(async () => void (cacheFolder = await mkdtemp(join(tmpdir(), 'keygrant-cache-'))));
afterEach(() => rm(cacheFolder, { recursive: true, force: true }));

const quiet = () => {};

async function fail(folder: string): Promise<void> {
  await writeFile(join(folder, 'half'), '');
  throw new Error('no');
}

describe('the cache', () => {
  test('fills an entry once for two that ask at the same time, and tells the one that waits', async () => {
    let made = 0;
    const said: string[] = [];
    const ask = () =>
      cached({
        cacheFolder,
        name: 'thing',
        say: (line) => said.push(line),
        make: async (folder) => {
          made++;
          await new Promise((wake) => setTimeout(wake, 300));
          await writeFile(join(folder, 'content'), 'x');
        },
      });
    const folders = await Promise.all([ask(), ask()]);
    expect(made).toBe(1);
    expect(said).toEqual(['Waiting for another process that is fetching thing …']);
    expect(folders).toEqual([join(cacheFolder, 'thing'), join(cacheFolder, 'thing')]);
    expect(await readFile(join(cacheFolder, 'thing', 'content'), 'utf8')).toBe('x');
    expect(await readdir(cacheFolder)).toEqual(['thing']);
  });

  test('keeps nothing of an attempt that failed, so the next one starts afresh', async () => {
    await expect(cached({ cacheFolder, name: 'thing', say: quiet, make: fail })).rejects.toThrow('no');
    expect(await readdir(cacheFolder)).toEqual([]);
  });

  test('is not held up by the lock of a process that died', async () => {
    const lock = join(cacheFolder, 'thing.lock');
    await mkdir(lock);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    await cached({ cacheFolder, name: 'thing', say: quiet, make: async () => {} });
    expect(await readdir(cacheFolder)).toEqual(['thing']);
  });
});
