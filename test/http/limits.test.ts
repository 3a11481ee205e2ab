import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem } from './problems.ts';

const keygrant = await startKeygrant({ worker: false, env: { RATE_LIMIT: '100' } });
const dora = keygrant.as('dora');

/** What goes over the wire byte by byte, for what no client library would send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(keygrant.baseUrl);
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part) => (answer += String(part)));
    socket.on('end', () => resolve(answer)).on('error', reject);
  });
}

test('one request id runs through answer, log and audit trail', async () => {
  const client = { id: 'initech', name: 'Initech', emails: ['it@initech.example'] };
  const created = await dora.post('/v1/clients', client, { 'x-request-id': 'my-id.2026_1' });
  expect(created.headers.get('x-request-id')).toBe('my-id.2026_1');
  const [row] = (await dora.get('/v1/audit?subjectId=initech')).body.items;
  expect(row.requestId).toBe('my-id.2026_1');
  const lines = keygrant.log.filter((line) => line.includes('my-id.2026_1'));
  expect(lines.some((line) => line.includes('request completed'))).toBe(true);
  const refused = await dora.post('/v1/clients', client);
  expect(refused.body.requestId).toBe(refused.headers.get('x-request-id'));
  expect(
    keygrant.log.some((line) => line.includes(refused.body.requestId) && line.includes('already-exists')),
  ).toBe(true);
});

test.each(['', 'a b', 'a'.repeat(65), '{"json":1}', 'é'])(
  'a request id of %j is replaced by one of ours',
  async (id) => {
    const { headers } = await dora.get('/v1/me', { 'x-request-id': id });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  },
);

test('no token, no header and no body gets into the log', async () => {
  await dora.post('/v1/clients', { id: 'logged', name: 'Not for the log', emails: ['x@logged.example'] });
  await dora.post('/v1/clients', { name: 'Not for the log either', emails: 5 });
  const log = keygrant.log.join('\n');
  expect(log).toContain('request completed');
  expect(log).not.toMatch(/bearer|eyJ|authorization":"(?!\[redacted)|Not for the log/i);
});

test.each([
  ['success', '/v1/me', 200],
  ['refusal', '/v1/clients/%00', 422],
  ['an address of nothing', '/nothing', 404],
  ['an unreadable address', '/v1/%E0%A4%A', 400],
  ['the page', '/docs', 200],
])('%s carries the headers that keep browsers from guessing and keeping', async (_, path, status) => {
  const { headers, status: answered } = await dora.get(path);
  expect(answered).toBe(status);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull();
});

test('what is not HTTP, or too much of it, is refused without harm', async () => {
  expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  expect(await raw(`GET /v1/me HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  const both = 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close';
  expect(await raw(`POST /v1/clients HTTP/1.1\r\nHost: a\r\n${both}\r\n\r\n0\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 400 /,
  );
  expect((await dora.get('/v1/me')).status).toBe(200);
});

test('an address or method of nothing is a problem, too', async () => {
  expectProblem(await dora.get('/v1/nothing'), 404, 'not-found');
  expectProblem(await dora.call('DELETE', '/v1/clients/acme'), 404, 'not-found');
  expectProblem(await dora.call('PUT', '/v1/me', {}), 404, 'not-found');
});

test('too many requests are told how long to wait, whoever sends them, also to nowhere', async () => {
  const answers = [];
  while (answers.at(-1)?.status !== 429 && answers.length < 110) answers.push(await dora.get('/v1/me'));
  const last = answers.at(-1);
  if (!last) throw new Error('nothing was answered');
  expectProblem(last, 429, 'too-many-requests');
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expectProblem(await keygrant.as('ada').get('/nothing'), 429, 'too-many-requests');
  expect((await fetch(`${keygrant.baseUrl}/healthz`)).status).toBe(200);
});
