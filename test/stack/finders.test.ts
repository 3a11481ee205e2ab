import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTemporal } from '../../src/stack/temporal-binary.ts';
import { findTimeSkippingServer } from '../../src/stack/time-skipping-server.ts';

// Downloads go to a proxy that is not there: refused here as they are in a closed network.
const proxies = ['HTTPS_PROXY', 'https_proxy'];
let before: (string | undefined)[];
let cacheFolder: string;
let programs: string;
beforeEach(async () => {
  before = proxies.map((name) => process.env[name]);
  for (const name of proxies) process.env[name] = 'http://127.0.0.1:9';
  cacheFolder = await mkdtemp(join(tmpdir(), 'keygrant-find-'));
  programs = join(cacheFolder, 'programs');
  await mkdir(programs);
});
afterEach(async () => {
  proxies.forEach((name, index) => {
    if (before[index] === undefined) delete process.env[name];
    else process.env[name] = before[index];
  });
  await rm(cacheFolder, { recursive: true, force: true });
});

/** A program that answers every call alike. */
async function program(name: string, answer: string, code = 0): Promise<void> {
  const file = join(programs, name);
  await writeFile(file, `#!/bin/sh\necho "${answer}" >&${code === 0 ? 1 : 2}\nexit ${code}\n`);
  await chmod(file, 0o755);
}

const quiet = () => {};

describe('finding the Temporal server', () => {
  test('takes the one on PATH first', async () => {
    await program('temporal', 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)');
    const found = await findTemporal({ path: `/nowhere:${programs}`, cacheFolder, say: quiet });
    expect(found).toBe(join(programs, 'temporal'));
  });

  test('takes the one in the cache next, also when another program is called temporal', async () => {
    await program('temporal', 'a calendar');
    await mkdir(join(cacheFolder, 'temporal-1'));
    const found = await findTemporal({ path: programs, cacheFolder, say: quiet });
    expect(found).toBe(join(cacheFolder, 'temporal-1', 'temporal'));
  });

  test('fails with one error that lists every way, why it failed, and what would help', async () => {
    const said: string[] = [];
    const found = findTemporal({ path: '/nowhere', cacheFolder, say: (line) => said.push(line) });
    const { message } = await found.then(
      () => new Error('found'),
      (error: Error) => error,
    );
    expect(message).toContain('- `temporal` on PATH: not there');
    expect(message).toContain(`- the cache: no ${cacheFolder}`);
    expect(message).toMatch(/- download by Temporal's SDK: \S+/);
    expect(message).toMatch(/- go install github.com\/temporalio\/cli\/cmd\/temporal@v1.5.1: `go` is not on PATH/);
    expect(message).toMatch(/Any of these helps:\n {2}- install/);
    expect(said).toEqual(['Downloading the Temporal server, once …']);
  });

  test('passes on why the build failed', async () => {
    await program('go', 'module lookup disabled', 1);
    const found = findTemporal({ path: `${programs}:/usr/bin:/bin`, cacheFolder, say: quiet });
    await expect(found).rejects.toThrow('temporal@v1.5.1: module lookup disabled');
  });
});

describe('finding the time-skipping server', () => {
  test('fails with one error that lists every way, why it failed, and what would help', async () => {
    const found = findTimeSkippingServer({ path: '/nowhere', cacheFolder, say: quiet });
    await expect(found).rejects.toThrow(
      /the cache: no .*\n.*download by Temporal's SDK: .*\n.*by Maven: `mvn` is not on PATH\nAny of these helps:/,
    );
  });
});
