import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findProgram } from '../../src/stack/programs.ts';
import { findTemporal } from '../../src/stack/temporal-binary.ts';
import { findTimeSkippingServer } from '../../src/stack/time-skipping-server.ts';
import { realTemporal, realTemporalMs } from './real-temporal.ts';

// Real programs in a network that refuses: downloads go to a proxy that is not there, Go may ask nobody for modules.
const refusing = { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9', GOPROXY: 'off' };
const path = process.env.PATH ?? '';
const go = await findProgram('go', path);
const quiet = () => {};
let cacheFolder: string;
let programs: string;
beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'keygrant-find-'));
  programs = join(cacheFolder, 'programs');
  await mkdir(programs);
  for (const [name, value] of Object.entries(refusing)) vi.stubEnv(name, value);
  vi.stubEnv('GOMODCACHE', join(cacheFolder, 'modules'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cacheFolder, { recursive: true, force: true });
});

describe('finding the Temporal server', () => {
  test('takes the one on PATH first', { timeout: realTemporalMs }, async () => {
    vi.unstubAllEnvs();
    await symlink(await realTemporal(), join(programs, 'temporal'));
    const found = await findTemporal({ path: `/nowhere:${programs}`, cacheFolder, say: quiet });
    expect(found).toBe(join(programs, 'temporal'));
  });

  test('takes the one in the cache next, also when another program is called temporal', async () => {
    await symlink('/bin/true', join(programs, 'temporal'));
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
    expect(message).toMatch(
      /- go install github.com\/temporalio\/cli\/cmd\/temporal@v1.5.1: `go` is not on PATH/,
    );
    expect(message).toMatch(/Any of these helps:\n {2}- install/);
    expect(said).toEqual(['Downloading the Temporal server, once …']);
  });

  test.runIf(go)('passes on why the build failed', async () => {
    const found = findTemporal({ path: `${dirname(go ?? '')}:/usr/bin:/bin`, cacheFolder, say: quiet });
    await expect(found).rejects.toThrow(/temporal@v1.5.1: .*module lookup disabled by GOPROXY=off/);
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
