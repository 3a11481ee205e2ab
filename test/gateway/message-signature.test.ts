import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { signatureNonces } from '../../src/db/schema/calls.ts';
import { createTimelineFeed } from '../../src/db/timeline-feed.ts';
import { buildApp } from '../../src/http/app.ts';
import { dgrkAuthorization, type SigningOptions, signMessage } from '../../src/signing/index.ts';
import { signatureBase } from '../../src/signing/signature-base.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { expectProblem } from '../http/problems.ts';
import { Api } from '../support/api.ts';
import { day } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { insertKey } from './keys.ts';

const keygrant = await startKeygrant({ worker: false });
const { db } = keygrant;
const dora = keygrant.as('dora');

interface Asked {
  method: string;
  url: string;
  body?: string;
}
const orders: Asked = { method: 'GET', url: '/orders?page=2' };
const create: Asked = { method: 'POST', url: '/orders', body: '{"item": 7}' };

async function ask({ method, url, body }: Asked, headers: Record<string, string>, as = dora) {
  const answer = await as.post('/v1/verify', {
    method,
    target: url,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}
const reason = async (call: Asked, headers: Record<string, string>) => (await ask(call, headers)).reason;

test('a signed call passes once, and nothing about it can be altered', async () => {
  const pair = await insertKey(keygrant, { quota: 9, apiIds: ['orders-list', 'orders-create', 'prices'] });
  const read = await signMessage(orders, pair);
  const written = await signMessage(create, pair);
  for (const [call, headers] of [
    [{ ...orders, method: 'POST' }, read],
    [{ ...orders, url: '/prices/a?page=2' }, read],
    [{ ...orders, url: '/orders?page=3' }, read],
    [{ ...orders, url: '/orders' }, read],
    [{ ...create, body: '{"item": 8}' }, written],
    [{ ...create, body: '' }, written],
    [{ ...create }, { ...written, 'content-digest': 'sha-256=:AAAA:' }],
    [orders, { ...read, signature: read['signature']?.replace(/[^:]{3}=:$/, 'AAA=:') ?? '' }],
    [
      orders,
      { ...read, 'signature-input': read['signature-input']?.replace(/created=\d/, 'created=2') ?? '' },
    ],
  ] as const) {
    expect([call, await ask(call, headers)]).toMatchObject([call, { reason: 'unauthorized', key: null }]);
  }
  // With a body that nothing covers it would not even be looked up.
  expect(await reason({ ...orders, body: 'smuggled' }, read)).toBe('malformed');
  expect(await ask(orders, read)).toMatchObject({ valid: true, key: { id: pair.id }, quota: { used: 1 } });
  expect(await ask(create, written)).toMatchObject({ valid: true, quota: { used: 2 } });
  expect(await ask(orders, read)).toMatchObject({ reason: 'replayed', quota: { used: 2 } });
  expect(await reason(create, written)).toBe('replayed');
  expect(await reason(orders, await signMessage(orders, pair))).toBe(null);
});

test('a digest that cannot be read is a wrong one, even where its sender signed it', async () => {
  const pair = await insertKey(keygrant);
  const uncovered = { ...(await signMessage(orders, pair)), 'content-digest': 'a=(' };
  expect(await reason(orders, uncovered)).toBe('unauthorized');
  const covered = await signMessage(create, pair);
  for (const digest of ['a=(', 'md5=:AAAA:', 'sha-256', 'sha-256=(:AAAA:)', 'sha-256="x"']) {
    const headers = resigned({ ...covered, 'content-digest': digest }, pair.secretKey);
    expect([digest, await reason(create, headers)]).toEqual([digest, 'unauthorized']);
  }
  const { 'content-digest': right = '' } = covered;
  expect(
    await reason(create, resigned({ ...covered, 'content-digest': `${right}, md5=:AAAA:` }, pair.secretKey)),
  ).toBe(null);
});

/** Signs the call to create an order anew, over the fields as they are now. */
function resigned(headers: Record<string, string>, secretKey: string) {
  const parameters = headers['signature-input']?.slice('keygrant='.length) ?? '';
  const base = signatureBase(
    [
      ['@method', 'POST'],
      ['@path', '/orders'],
      ['@query', '?'],
      ['content-digest', headers['content-digest'] ?? ''],
    ],
    parameters,
  );
  const signature = createHmac('sha256', secretKey).update(base).digest('base64');
  return { ...headers, signature: `keygrant=:${signature}:` };
}

test('of one signature sent many times at once, to two processes, one passes', async () => {
  const second = openDatabase(keygrant.config.databaseUrl);
  const timelines = createTimelineFeed(second.connection);
  const app = await buildApp({ ...keygrant.context, db: second.db, timelines });
  try {
    const token = () => signIn({ issuer: keygrant.config.oidc.issuer, person: 'dora' });
    const other = new Api(await app.listen({ host: '127.0.0.1', port: 0 }), token);
    for (const quota of [-1, 50]) {
      const pair = await insertKey(keygrant, { quota });
      const headers = await signMessage(orders, pair);
      const verdicts = await Promise.all(
        Array.from({ length: 40 }, (_, at) => ask(orders, headers, at % 2 ? dora : other)),
      );
      expect(verdicts.filter(({ valid }) => valid)).toHaveLength(1);
      expect(new Set(verdicts.filter(({ valid }) => !valid).map((each) => each.reason))).toEqual(
        new Set(['replayed']),
      );
      const { body } = await dora.get(`/v1/keys/${pair.id}`);
      expect(body.used).toBe(quota === -1 ? 0 : 1);
    }
  } finally {
    await app.close();
    await second.close();
  }
});

test('a signature counts for five minutes, and its nonce is kept for longer', async () => {
  const pair = await insertKey(keygrant);
  const now = Math.floor(Date.now() / 1000);
  const at = async (options: SigningOptions) => reason(orders, await signMessage(orders, pair, options));
  expect(await at({ created: now - 310 })).toBe('outside-window');
  expect(await at({ created: now + 330 })).toBe('outside-window');
  expect(await at({ created: now - 270 })).toBe(null);
  expect(await at({ created: now + 290, nonce: 'of-a-fast-clock-1' })).toBe(null);
  const [kept] = await db
    .select()
    .from(signatureNonces)
    .where(eq(signatureNonces.nonce, 'of-a-fast-clock-1'));
  expect(kept?.keptUntil.getTime()).toBeGreaterThan((now + 290 + 300) * 1000);
  // Somebody else’s nonce may be the same.
  const other = await insertKey(keygrant);
  expect(await reason(orders, await signMessage(orders, other, { nonce: 'of-a-fast-clock-1' }))).toBe(null);
});

test('what cannot be read is told in words that help, and the order of checks is that of DGRK', async () => {
  const pair = await insertKey(keygrant, { revokedAt: new Date() });
  const headers = await signMessage(create, pair);
  expect(await reason(create, headers)).toBe('revoked');
  const { 'signature-input': input = '' } = headers;
  for (const [change, words] of [
    [{ 'signature-input': input.replace('"@query" ', '') }, '"@method", "@path" and "@query"'],
    [{ 'signature-input': input.replace(' "content-digest"', '') }, 'cover "content-digest"'],
    [{ 'signature-input': input.replace('"@path"', '"@authority"') }, 'may cover'],
    [{ 'signature-input': input.replace('"@path"', '"@path";req') }, 'may cover'],
    [{ 'signature-input': input.replace(/nonce="[^"]*"/, 'nonce="short"') }, 'nonce'],
    [{ 'signature-input': input.replace(/;created=\d+/, '') }, 'created'],
    [{ 'signature-input': input.replace('hmac-sha256', 'ed25519') }, 'alg'],
    [{ 'signature-input': `${input}, b=()` }, 'one signature'],
    [{ 'signature-input': 'a=(' }, 'structured fields'],
    [{ signature: 'other=:AAAA:' }, 'Signature has no'],
  ] as const) {
    const asked = await fetch(`${keygrant.baseUrl}/v1/forward-auth`, {
      method: 'POST',
      headers: { ...headers, ...change, 'x-forwarded-method': 'POST', 'x-forwarded-uri': '/orders' },
      body: create.body ?? '',
    });
    const problem = (await asked.json()) as { detail: string };
    expect([asked.status, problem.detail]).toEqual([401, expect.stringContaining(words)]);
  }
});

test('DGRK has a last day, from then on only message signatures pass; who still uses it is listed', async () => {
  const pair = await insertKey(keygrant);
  const moved = await insertKey(keygrant);
  const authorization = await dgrkAuthorization(pair);
  expect(await reason(orders, { authorization })).toBe(null);
  expect(await reason(orders, await signMessage(orders, moved))).toBe(null);
  const lastUse = await eventually(async () => {
    const { body } = await dora.get(`/v1/keys/${pair.id}`);
    return body.lastUse.dgrk === null ? undefined : body.lastUse;
  });
  expect(lastUse).toEqual({ dgrk: expect.any(String), message: null });
  const ids = async (scheme: string) =>
    (await dora.get(`/v1/keys?usedBy=${scheme}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await ids('dgrk')).toContain(pair.id);
  expect(await ids('dgrk')).not.toContain(moved.id);
  expect(await ids('message')).toContain(moved.id);

  const limit = (until: string | null, as = dora) => as.put(`/v1/keys/${pair.id}/dgrk`, { until });
  expectProblem(await limit(day(0), keygrant.as('ada')), 403, 'forbidden');
  expectProblem(await limit('0000-01-01'), 422, 'invalid');
  expect((await limit(day(0))).body).toMatchObject({ dgrkUntil: day(0) });
  expect(await reason(orders, { authorization })).toBe(null);
  expect((await limit(day(-1))).body).toMatchObject({ dgrkUntil: day(-1) });
  expect((await limit(day(-1))).status).toBe(200);
  expect(await reason(orders, { authorization })).toBe('dgrk-refused');
  const forged = await dgrkAuthorization({ ...pair, secretKey: 'guessed' });
  expect(await reason(orders, { authorization: forged })).toBe('unauthorized');
  expect(await reason(orders, await signMessage(orders, pair))).toBe(null);
  const { body } = await dora.get('/v1/audit?limit=100');
  const told = body.items.filter((event: { action: string }) => event.action === 'key.dgrk-limited');
  expect(told.map(({ details }: { details: object }) => details)).toEqual(
    expect.arrayContaining([
      { key: pair.id, dgrkUntil: day(0) },
      { key: pair.id, dgrkUntil: day(-1) },
    ]),
  );
  expect(told).toHaveLength(2);
  expect((await limit(null)).body).toMatchObject({ dgrkUntil: null });
  expect(await reason(orders, { authorization })).toBe(null);
});

test('no signature that passed, or would have, is in the log', async () => {
  const pair = await insertKey(keygrant, { apiIds: ['prices'] });
  const [refused, altered, passed] = [orders, create, { method: 'GET', url: '/prices/a' }];
  const signatures = [];
  for (const [call, sent] of [
    [refused, refused],
    [altered, { ...altered, body: 'else' }],
    [passed, passed],
  ] as const) {
    const headers = await signMessage(call, pair);
    signatures.push(headers['signature']?.slice('keygrant=:'.length, -1) ?? '');
    await ask(sent, headers);
  }
  const log = keygrant.log.join('\n');
  expect(log).toContain('"cause":"wrong-digest"');
  for (const secret of [pair.secretKey, ...signatures]) expect(log).not.toContain(secret);
});
