import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { curlExample } from '../../src/examples/curl.ts';
import { exampleFiles } from '../../src/examples/files.ts';
import { javascriptExample } from '../../src/examples/javascript.ts';
import { pythonExample } from '../../src/examples/python.ts';
import { findProgram, goBin } from '../gateway/in-front.ts';
import { insertKey } from '../gateway/keys.ts';
import { startUpstream } from '../gateway/upstream.ts';
import { startGateway } from '../support/gateway.ts';
import { startKeygrant } from '../support/keygrant.ts';

// The files of `examples/`, run as they are, against the real gateway.
const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const keygrant = await startKeygrant({ worker: false });
const upstream = await startUpstream();
const GATEWAY = await startGateway(keygrant, upstream.url);
const pair = await insertKey(keygrant);
const folder = mkdtempSync(join(tmpdir(), 'keygrant-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const env = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  GATEWAY,
  API_KEY: pair.apiKey,
  SECRET_KEY: pair.secretKey,
};

/** Runs a program in the folder of the examples; what it says is in the error where it fails. */
const run = (program: string, ...words: string[]) =>
  promisify(execFile)(program, words, { cwd: examples, env, encoding: 'utf8', timeout: 120_000 }).catch(
    (error: Error & { stdout: string; stderr: string }) => {
      throw new Error(`${error.message}\n${error.stdout}\n${error.stderr}`);
    },
  );
const skipping = (name: string, how: string) =>
  console.warn(`${name} is not there, so its examples are not tested here: ${how}`);

test('the files are what the generator makes', () => {
  expect(
    readdirSync(examples)
      .filter((name) => name !== 'README.md')
      .toSorted(),
  ).toEqual(Object.keys(exampleFiles).toSorted());
  for (const [name, text] of Object.entries(exampleFiles)) {
    expect([name, readFileSync(join(examples, name), 'utf8')]).toEqual([name, text]);
  }
});

const interpreters: readonly [string, string, string][] = [
  ['sh', 'curl-get.sh', 'curl-post.sh'],
  [process.execPath, 'get.mjs', 'post.mjs'],
  ['python3', 'get.py', 'post.py'],
];

for (const [program, read, create] of interpreters) {
  const isThere = findProgram(
    [program],
    program === 'sh' ? ['-c', 'command -v curl openssl'] : ['--version'],
  );
  if (!isThere) skipping(program, 'install it, and for sh curl and openssl');
  test.skipIf(!isThere)(`${read} and ${create} pass, whatever the call is`, async () => {
    const before = upstream.calls.length;
    for (const file of [read, create]) expect((await run(program, file)).stdout).toContain('fine');
    expect(upstream.calls.slice(before)).toMatchObject([
      { method: 'GET', url: '/orders?page=2', body: '' },
      { method: 'POST', url: '/orders' },
    ]);
    expect(Buffer.from(upstream.calls.at(-1)?.body ?? '', 'latin1').toString()).toContain("d'été, 100 %");

    const make = { sh: curlExample, python3: pythonExample }[program] ?? javascriptExample;
    for (const [at, body] of ['"$(id)" `id` \'\\n\' %s ${x} \\', '{"a": "\u2028</script>"}', ''].entries()) {
      const target = `/orders?q=%27a%20b&c='$(id)'{}[1-2]\``.replaceAll(/['{}`]/g, (c) =>
        encodeURIComponent(c).replace("'", '%27'),
      );
      const file = join(folder, `${at}.mjs`);
      writeFileSync(file, make({ method: 'POST', target, body }));
      await run(program, file);
      const received = upstream.calls.at(-1);
      expect([received?.url, Buffer.from(received?.body ?? '', 'latin1').toString()]).toEqual([target, body]);
    }
  });
}

test('the shell signs by DGRK, too', async () => {
  expect((await run('sh', 'curl-dgrk.sh')).stdout).toBe('fine');
});

const k6 = findProgram(['k6', `${goBin}/k6`], ['version']);
if (!k6) skipping('k6', 'go install go.k6.io/k6@latest');
test.skipIf(!k6)('every iteration of the k6 script passes', async () => {
  const before = upstream.calls.length;
  await run(k6 ?? '', 'run', '--no-usage-report', '--quiet', 'k6.js');
  expect(upstream.calls.length - before).toBe(20);
});

test('newman runs the Postman collection: both schemes pass', async ({ skip }) => {
  const file = join(folder, 'environment.json');
  const { values, ...rest } = JSON.parse(exampleFiles['keygrant.postman_environment.json'] ?? '');
  const filled: Record<string, string> = { gateway: GATEWAY, apiKey: pair.apiKey, secretKey: pair.secretKey };
  const withPair = values.map((value: { key: string }) => ({ ...value, value: filled[value.key] }));
  writeFileSync(file, JSON.stringify({ ...rest, values: withPair }), { mode: 0o600 });
  // Not a dependency: it is 151 packages for this one test.
  const npx = ['--yes', '--ignore-scripts', 'newman@6.2.2'];
  try {
    await run('npx', ...npx, '--version');
  } catch {
    skip('newman cannot be fetched from the npm registry here');
  }
  const before = upstream.calls.length;
  const { stdout } = await run('npx', ...npx, 'run', 'keygrant.postman_collection.json', '-e', file);
  expect(stdout).not.toContain(pair.secretKey);
  const received = upstream.calls.slice(before);
  expect(received.map(({ method, url }) => [method, url])).toEqual([
    ['GET', '/orders?page=2'],
    ['POST', '/orders'],
    ['GET', '/orders?page=2'],
    ['POST', '/orders'],
  ]);
  expect(Object.keys(received[0]?.headers ?? {})).toContain('signature-input');
  // By DGRK nothing of the signature reaches the upstream.
  expect(received[3]?.headers).not.toHaveProperty('signature-input');
});
