import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { keys } from '../../src/db/schema/keys.ts';
import { people } from '../../src/db/schema/people.ts';
import { apis, clients } from '../../src/db/schema/registry.ts';
import { createTimelineFeed } from '../../src/db/timeline-feed.ts';
import { buildApp } from '../../src/http/app.ts';
import { createMailer } from '../../src/mail/mailer.ts';
import { dgrkAuthorization } from '../../src/signing/index.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { createApplicationProcesses } from '../../src/temporal/applications.ts';
import { expectProblem } from '../http/problems.ts';
import { authorizationOf, vectors } from '../signing/vectors.ts';
import { Api } from '../support/api.ts';
import { day } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { insertKey } from './keys.ts';

const keygrant = await startKeygrant({ worker: false });
const { db } = keygrant;
await db.insert(people).values({ id: 'zoe', name: 'Gateway', email: 'zoe@example.com', roles: ['gateway'] });
const gateway = keygrant.as('zoe');

const orders = { method: 'GET', target: '/orders?page=2' };
async function ask(authorization: string | undefined, change: Record<string, unknown> = {}, as = gateway) {
  const answer = await as.post('/v1/verify', {
    ...orders,
    headers: authorization === undefined ? {} : { authorization },
    ...change,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}
const nobody = { valid: false, key: null, client: null, quota: null };

test('every vector of digiRunner passes, as text and as bytes, and with one byte more does not', async () => {
  const { apiKey, secretKey } = vectors[0] ?? { apiKey: '', secretKey: '' };
  for (const pair of new Map(vectors.map((vector) => [vector.apiKey, vector])).values()) {
    await insertKey(keygrant, { apiKey: pair.apiKey, secretKey: pair.secretKey });
  }
  expect(apiKey.length + secretKey.length).toBe(56 + 88);
  for (const vector of vectors) {
    const create = { method: 'POST', target: '/orders' };
    const authorization = authorizationOf(vector);
    const asText = await ask(authorization, { ...create, body: vector.body });
    expect([vector.body, asText]).toMatchObject([
      vector.body,
      { valid: true, reason: null, client: { id: 'acme' } },
    ]);
    const bodyBase64 = Buffer.from(vector.body).toString('base64');
    expect(await ask(authorization, { ...create, bodyBase64 })).toEqual(asText);
    const longer = await ask(authorization, { ...create, body: `${vector.body}"` });
    expect([vector.body, longer]).toEqual([vector.body, { ...nobody, reason: 'unauthorized' }]);
  }
});

test('a signature of our own library passes, whatever the case of the keyword', async () => {
  const pair = await insertKey(keygrant);
  const authorization = await dgrkAuthorization(pair);
  expect(await ask(authorization)).toEqual({
    valid: true,
    reason: null,
    key: { id: pair.id, name: 'Orders' },
    client: { id: 'acme', name: 'Acme Robotics' },
    quota: { limit: -1, used: 0 },
  });
  expect(await ask(authorization.replace('DGRK', 'dgrk'))).toMatchObject({ valid: true });
});

test('an unknown key and a wrong signature are answered alike; the log knows which', async () => {
  const pair = await insertKey(keygrant);
  const right = await dgrkAuthorization(pair);
  const unknown = await ask(right.replace(pair.apiKey, Buffer.alloc(42, 1).toString('base64')));
  const wrong = await ask(await dgrkAuthorization({ ...pair, secretKey: 'guessed' }));
  const short = await ask(right.slice(0, -4));
  expect([unknown, wrong, short]).toEqual(
    Array.from({ length: 3 }, () => ({ ...nobody, reason: 'unauthorized' })),
  );
  const log = keygrant.log.join('\n');
  expect(log).toContain('"cause":"unknown-key"');
  expect(log).toMatch(new RegExp(`"cause":"wrong-signature","key":"${pair.id}"`));
});

test('what has happened to a key counts within a second', async () => {
  const pair = await insertKey(keygrant, { clientId: 'globex', apiIds: ['orders-list', 'prices'] });
  const authorization = await dgrkAuthorization(pair);
  const reason = async (change = {}) => (await ask(authorization, change)).reason;
  const prices = { target: '/prices/steel' };
  expect([await reason(), await reason(prices)]).toEqual([null, null]);

  /** Waits for as long as is promised. */
  const become = (expected: string | null, change = {}) =>
    eventually(async () => ((await reason(change)) === expected ? true : undefined), 1_000);
  await db.update(apis).set({ enabled: false }).where(eq(apis.id, 'prices'));
  await become('api-not-permitted', prices);
  expect(await reason()).toBe(null);
  await db.update(apis).set({ enabled: true }).where(eq(apis.id, 'prices'));
  await db.update(clients).set({ enabled: false }).where(eq(clients.id, 'globex'));
  await become('client-disabled');
  await db.update(clients).set({ enabled: true }).where(eq(clients.id, 'globex'));
  await become(null);
  await db.update(keys).set({ revokedAt: new Date() }).where(eq(keys.id, pair.id));
  await become('revoked');
});

test('both dates are inclusive', async () => {
  for (const [effectiveOn, expiresOn, reason] of [
    [day(0), day(0), null],
    [day(1), day(2), 'not-yet-effective'],
    [day(-2), day(-1), 'expired'],
  ] as const) {
    const pair = await insertKey(keygrant, { effectiveOn, expiresOn });
    expect(await ask(await dgrkAuthorization(pair))).toMatchObject({ reason, key: { id: pair.id } });
  }
});

test('of several reasons the first in digiRunner’s order is told', async () => {
  const over = { effectiveOn: day(-2), expiresOn: day(-1), quota: 1, used: 1 };
  const forbidden = { method: 'DELETE' };
  const reason = async (pair: { apiKey: string; secretKey: string }) =>
    (await ask(await dgrkAuthorization(pair), forbidden)).reason;
  const revoked = await insertKey(keygrant, { ...over, revokedAt: new Date() });
  expect(await reason({ ...revoked, secretKey: 'guessed' })).toBe('unauthorized');
  expect(await reason(revoked)).toBe('revoked');
  expect(await reason(await insertKey(keygrant, over))).toBe('expired');
  expect(await reason(await insertKey(keygrant, { quota: 1, used: 1 }))).toBe('quota-used-up');
  expect(await reason(await insertKey(keygrant, { quota: 1 }))).toBe('api-not-permitted');
});

test('a refused call costs nothing, an unlimited quota is not counted, and GET /v1/keys shows what is used', async () => {
  const pair = await insertKey(keygrant, { quota: 2 });
  const authorization = await dgrkAuthorization(pair);
  await ask(authorization, { method: 'DELETE' });
  expect(await ask(authorization)).toMatchObject({ quota: { limit: 2, used: 1 } });
  const { body } = await keygrant.as('dora').get(`/v1/keys/${pair.id}`);
  expect(body).toMatchObject({ quota: 2, used: 1 });
});

test('of 3N concurrent calls over two processes exactly N pass', async () => {
  const { config, client } = keygrant;
  const second = openDatabase(config.databaseUrl);
  const app = await buildApp({
    config,
    db: second.db,
    mailer: createMailer(config.mail),
    applications: createApplicationProcesses(client, config.temporal.taskQueue),
    keys: keygrant.context.keys,
    timelines: createTimelineFeed(second.connection),
  });
  try {
    const token = () => signIn({ issuer: config.oidc.issuer, person: 'zoe' });
    const other = new Api(await app.listen({ host: '127.0.0.1', port: 0 }), token);
    const quota = 40;
    const pair = await insertKey(keygrant, { quota });
    const authorization = await dgrkAuthorization(pair);
    const verdicts = await Promise.all(
      Array.from({ length: 3 * quota }, (_, at) => ask(authorization, {}, at % 2 ? gateway : other)),
    );
    const passed = verdicts.filter(({ valid }) => valid).map(({ quota: { used } }) => used as number);
    expect(passed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: quota }, (_, at) => at + 1));
    for (const verdict of verdicts.filter(({ valid }) => !valid)) {
      expect(verdict).toMatchObject({ reason: 'quota-used-up', quota: { limit: quota, used: quota } });
    }
  } finally {
    await app.close();
    await second.close();
  }
});

test('only gateways and admins may ask', async () => {
  const question = { ...orders, headers: {} };
  for (const person of ['ada', 'ben', 'emil']) {
    expectProblem(await keygrant.as(person).post('/v1/verify', question), 403, 'forbidden');
  }
  expectProblem(await keygrant.asPortal('ada').post('/v1/verify', question), 403, 'forbidden');
  expect((await keygrant.as('dora').post('/v1/verify', question)).body).toEqual({
    ...nobody,
    reason: 'malformed',
  });
});

test('a question that cannot be meant is refused by field', async () => {
  const both = await gateway.post('/v1/verify', { ...orders, headers: {}, body: '', bodyBase64: '' });
  expectProblem(both, 422, 'invalid');
  const cut = await gateway.post('/v1/verify', { ...orders, headers: {}, bodyBase64: 'abcde' });
  expect(cut.body.errors).toMatchObject([{ field: 'bodyBase64' }]);
});

test('a question is answered alike whichever way it takes: before the routes, or by them', async () => {
  const pair = await insertKey(keygrant);
  const body = '{"a": 1}';
  const authorization = await dgrkAuthorization(pair, body);
  const token = await signIn({ issuer: keygrant.config.oidc.issuer, person: 'zoe' });
  const send = async (type: string, text: string) => {
    const answer = await fetch(`${keygrant.baseUrl}/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type, 'x-request-id': 'one-of-two' },
      body: text,
    });
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'date'));
    return { status: answer.status, headers, body: await answer.text() };
  };
  const question = { method: 'POST', target: '/orders', headers: { authorization }, body };
  for (const text of [
    JSON.stringify(question),
    JSON.stringify({ ...question, bodyBase64: btoa(body), body: undefined }),
    JSON.stringify({ ...question, body: `${body} "` }),
    JSON.stringify({ ...question, target: '/nothing' }),
    JSON.stringify({ ...question, body: '\ud800' }),
    JSON.stringify({ ...question, bodyBase64: 'YQ==' }),
    JSON.stringify({ ...question, else: 1 }),
    '{"__proto__": {"a": 1}}',
    '{"method": ',
    'null',
    '',
  ]) {
    // Known by now, so that the second need not be looked up.
    await send('application/json', JSON.stringify(question));
    const [before, by] = [
      await send('application/json', text),
      await send('application/json; charset=utf-8', text),
    ];
    expect([text, before]).toEqual([text, by]);
  }
});

test('a megabyte of nested arrays, signed or not, is answered', async () => {
  const pair = await insertKey(keygrant);
  const create = { method: 'POST', target: '/orders' };
  for (const body of ['['.repeat(1024 * 1024), `${'['.repeat(512 * 1024)}${']'.repeat(512 * 1024)}`]) {
    expect(await ask(await dgrkAuthorization(pair, body), { ...create, body })).toMatchObject({
      valid: true,
    });
    expect(await ask(await dgrkAuthorization(pair, `${body} `), { ...create, body })).toMatchObject({
      valid: false,
    });
  }
  const controls = '\u0001'.repeat(1024 * 1024);
  expect(await ask(await dgrkAuthorization(pair, controls), { ...create, body: controls })).toMatchObject({
    valid: true,
  });
  const larger = { ...orders, headers: {}, body: 'a'.repeat(1024 * 1024 + 1) };
  expectProblem(await gateway.post('/v1/verify', larger), 422, 'invalid');
});

test('no Authorization that HTTP can carry is more than a refusal', async () => {
  const pair = await insertKey(keygrant);
  const right = await dgrkAuthorization(pair);
  const pieces = fc.constantFrom(
    'DGRK',
    'dgrk',
    'Bearer',
    ' ',
    '.',
    '=',
    '\t',
    'é',
    "'",
    '%00',
    '{',
    pair.apiKey,
    right,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(pieces).map((parts) => parts.join('')),
      async (authorization) => {
        fc.pre(authorization !== right);
        expect(await ask(authorization)).toMatchObject({ valid: false });
      },
    ),
    { numRuns: 150 },
  );
});

// Last: everything that this file has sent is in the log by now.
test('neither a secret nor a signature that would have passed is in the log', async () => {
  const pair = await insertKey(keygrant, { apiIds: ['prices'] });
  const authorization = await dgrkAuthorization(pair);
  await ask(authorization, { target: '/prices/a' });
  await ask(authorization, { body: 'altered' });
  await ask(`${authorization}x`);
  await ask(authorization);
  const log = keygrant.log.join('\n');
  expect(log).toContain('call refused');
  const signature = authorization.slice(authorization.lastIndexOf('.') + 1);
  for (const secret of [pair.secretKey, signature, ...vectors.map((vector) => vector.signature)]) {
    expect(log).not.toContain(secret);
  }
});
