import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { buildApp } from '../../src/http/app.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem } from './problems.ts';

const script = `console.log(${JSON.stringify('Keygrant '.repeat(200))})`;
const folder = mkdtempSync(join(tmpdir(), 'keygrant-console-'));
mkdirSync(join(folder, 'assets'));
writeFileSync(
  join(folder, 'index.html'),
  '<!doctype html><script type="module" src="/assets/app-1a2b.js"></script>',
);
writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
writeFileSync(join(folder, 'assets/app-1a2b.js'), script);
writeFileSync(join(folder, 'assets/app-1a2b.js.br'), brotliCompressSync(script));
writeFileSync(join(folder, 'assets/app-1a2b.js.gz'), gzipSync(script));
writeFileSync(join(folder, '.built-from'), 'nobody’s business');

const keygrant = await startKeygrant({
  worker: false,
  console: false,
  env: { GATEWAY_URL: 'http://127.0.0.1:3003/signed' },
});
const app = await buildApp({ ...keygrant.context, consoleFolder: folder });
const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${baseUrl}${path}`, { headers: { accept: 'text/html,*/*;q=0.8', ...headers } });

/** What crosses the wire: fetch would unpack it. */
function raw(path: string, headers: Record<string, string>) {
  return new Promise<{ status: number; encoding: string | undefined; vary: string; bytes: number }>(
    (resolve, reject) => {
      request(`${baseUrl}${path}`, { headers }, (response) => {
        let bytes = 0;
        response.on('data', (part: Buffer) => (bytes += part.length));
        response.on('end', () => {
          const { vary = '', 'content-encoding': encoding } = response.headers;
          resolve({ status: response.statusCode ?? 0, encoding, vary, bytes });
        });
      })
        .on('error', reject)
        .end();
    },
  );
}

test('every address of the console is one page, asked for anew each time, under a policy that trusts nothing else', async () => {
  for (const path of [
    '/',
    '/applications',
    '/applications/app_00000000000000000000',
    '/keys?page=2',
    '/setup/mail',
    '/reveal',
  ]) {
    const answer = await get(path);
    expect([path, answer.status, await answer.text()]).toEqual([
      path,
      200,
      expect.stringContaining('app-1a2b'),
    ]);
    const { headers } = answer;
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      // Its one exception: a style of React Aria's, by its digest.
      expect.stringMatching(/^style-src 'self' 'sha256-[\w+/=]+'$/),
      "font-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self' http://127.0.0.1:3003",
      "frame-src 'self'",
      `form-action 'self' ${new URL(keygrant.config.oidc.issuer).origin}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups');
    expect(headers.get('permissions-policy')).toContain('camera=()');
  }
});

test('what the build named by its content is kept for ever, and goes out compressed as the browser can read it', async () => {
  const answer = await get('/assets/app-1a2b.js', { accept: '*/*' });
  expect([answer.status, await answer.text()]).toEqual([200, script]);
  expect(answer.headers.get('content-type')).toMatch(/^(?:text|application)\/javascript/);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  for (const [accepted, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['identity', undefined],
  ] as const) {
    const found = await raw('/assets/app-1a2b.js', { 'accept-encoding': accepted });
    expect(found).toMatchObject({ status: 200, encoding, vary: expect.stringMatching(/accept-encoding/i) });
    expect(found.bytes < script.length).toBe(encoding !== undefined);
  }
  expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
});

test.each([
  '/assets/app-gone.js',
  '/v1/nothing',
  '/v1',
  '/session/nothing',
  '/docs/nothing',
  '/openapi.yaml',
  '/problems/nothing/here',
  '/codec/nothing',
])('%s is nothing, and not the console', async (path) => {
  const answer = await get(path);
  expectProblem(
    { status: answer.status, headers: answer.headers, body: await answer.json() },
    404,
    'not-found',
  );
});

test('only navigations get the page: a script that asks for what is not there is told so, and so is a change', async () => {
  for (const init of [
    { headers: { accept: 'application/json' } },
    { method: 'POST', headers: { accept: 'text/html' } },
  ]) {
    expect((await fetch(`${baseUrl}/applications`, init)).status).toBe(404);
  }
});

test('nothing beside the built files can be read', async () => {
  for (const path of [
    '/.built-from',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%00',
  ]) {
    const { status } = await raw(path, { accept: '*/*' });
    expect([path, status]).toEqual([path, expect.toSatisfy((code: number) => code >= 400 && code < 500)]);
  }
});

test('mails are shown in a frame that runs no script, loads and sends nothing, and only a page of ours may have', async () => {
  const { headers } = await get('/mail-frame');
  expect(headers.get('content-security-policy')?.split('; ')).toEqual([
    "default-src 'none'",
    "style-src-attr 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin',
  ]);
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
});

test('where no console is built the API serves all the same, and says how to build one', async () => {
  const answer = await fetch(`${keygrant.baseUrl}/`);
  expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('npm run build')]);
  expect((await fetch(`${keygrant.baseUrl}/healthz`)).status).toBe(200);
});
