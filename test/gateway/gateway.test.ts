import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type RequestOptions, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { keys } from '../../src/db/schema/keys.ts';
import { apis } from '../../src/db/schema/registry.ts';
import type { FindAddresses } from '../../src/gateway/upstream-addresses.ts';
import { buildGateway } from '../../src/http/gateway.ts';
import { createApiMetrics } from '../../src/metrics/api.ts';
import { dgrkAuthorization, signMessage } from '../../src/signing/index.ts';
import { freePort } from '../../src/stack/ports.ts';
import { eventually } from '../support/eventually.ts';
import { holdPassers } from '../support/holds.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { insertKey } from './keys.ts';
import { startUpstream } from './upstream.ts';

const keygrant = await startKeygrant({
  worker: false,
  env: { GATEWAY_TIMEOUT: '4s', GATEWAY_BODY_LIMIT: '65536', GATEWAY_PRIVATE_HOSTS: 'orders.corp.example' },
});
const { db, context } = keygrant;
/** What names lead to; nothing else is found. */
const names: Record<string, string> = {};
const slowName = holdPassers();
const find: FindAddresses = (hostname, done) => {
  const address = names[hostname];
  if (hostname === 'slow.internal')
    return void slowName.pass().then(() => done(null, [{ address: '127.0.0.1', family: 4 }]));
  if (address) done(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  else done(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
};
const loggerInstance = pino({ level: 'debug' }, { write: (line) => void keygrant.log.push(line) });
const metrics = createApiMetrics(db);
const gateway = await buildGateway({ ...context, metrics }, { loggerInstance, find });
const gatewayUrl = await gateway.listen({ host: '127.0.0.1', port: 0 });
afterAll(() => gateway.close());

let changesHeard = 0;
context.changes?.onChange((kind) => {
  if (kind === 'all') changesHeard += 1;
});
const upstream = await startUpstream();
await leadTo(upstream.url);

/** Sets where the calls of an API go, and waits until the gateway has heard of it. */
async function leadTo(upstreamUrl: string, id?: string) {
  const before = changesHeard;
  await db
    .update(apis)
    .set({ upstreamUrl })
    .where(id === undefined ? undefined : eq(apis.id, id));
  await eventually(async () => {
    context.changes?.isTrusted();
    return changesHeard > before || undefined;
  });
}

/** Sends a call as it stands, which `fetch` would not. */
async function send(path: string, options: RequestOptions = {}, body: string | Buffer = '') {
  const sent = request(gatewayUrl, { path, ...options });
  sent.end(body);
  const [response] = await once(sent, 'response');
  const answer = {
    status: response.statusCode as number,
    headers: response.headers,
    text: await text(response),
  };
  return { ...answer, type: answer.text.startsWith('{"type"') ? JSON.parse(answer.text).type : undefined };
}

const used = async (id: string) => (await keygrant.as('dora').get(`/v1/keys/${id}`)).body.used as number;

test('a signed call reaches its upstream as it was sent, and the answer its caller', async () => {
  await leadTo(`${upstream.url}/v2/?tenant=7`, 'orders-list');
  const pair = await insertKey(keygrant, { quota: 5 });
  const authorization = await dgrkAuthorization(pair);
  const answer = await send('/orders?page=2&q=a%20b', {
    headers: {
      authorization,
      accept: 'text/plain',
      connection: 'keep-alive, X-Hop',
      'x-hop': 'stays here',
      te: 'trailers',
      'proxy-authorization': 'Basic secret',
      'x-keygrant-client': 'globex',
      x_keygrant_key: 'forged',
      'x-forwarded-for': '203.0.113.9',
      'x-own': ['one', 'two'],
    },
  });
  expect([answer.status, answer.text]).toEqual([200, 'fine']);
  const call = upstream.calls.at(-1);
  expect([call?.method, call?.url]).toEqual(['GET', '/v2/orders?tenant=7&page=2&q=a%20b']);
  expect(call?.headers).toEqual({
    host: upstream.url.slice('http://'.length),
    connection: 'keep-alive',
    accept: 'text/plain',
    'x-own': 'one, two',
    'x-keygrant-key': pair.id,
    'x-keygrant-client': 'acme',
    'x-keygrant-api': 'orders-list',
    'x-request-id': answer.headers['x-request-id'],
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': gatewayUrl.slice('http://'.length),
    'x-forwarded-proto': 'http',
  });
  expect(await used(pair.id)).toBe(1);
  await leadTo(upstream.url, 'orders-list');
});

test('bytes of any type pass, and only those that were signed; the caller’s own Authorization goes along', async () => {
  const pair = await insertKey(keygrant);
  const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);
  for (const method of ['POST', 'chunked'] as const) {
    const signed = await signMessage({ method: 'POST', url: '/orders', body }, pair);
    const headers = { ...signed, authorization: 'Bearer for-the-upstream', 'content-type': 'nonsense' };
    const chunked = method === 'chunked' ? { 'transfer-encoding': 'chunked' } : {};
    expect(
      (await send('/orders', { method: 'POST', headers: { ...headers, ...chunked } }, body)).status,
    ).toBe(200);
    expect(upstream.calls.at(-1)).toMatchObject({
      body: body.toString('latin1'),
      headers: {
        authorization: 'Bearer for-the-upstream',
        'content-type': 'nonsense',
        'content-length': '4',
      },
    });
  }
  const before = upstream.calls.length;
  const signed = await signMessage({ method: 'POST', url: '/orders', body }, pair);
  expect((await send('/orders', { method: 'POST', headers: signed }, '{}')).status).toBe(401);
  expect(
    (await send('/orders', { method: 'GET', headers: { ...signed, 'content-length': 2 } }, '{}')).status,
  ).toBe(400);
  expect(upstream.calls).toHaveLength(before);
});

test('calls signed as docs/signing.md does it pass: in JavaScript by what they are made of or a Request, in a shell', async ({
  skip,
}) => {
  const pair = await insertKey(keygrant, { quota: 9 });
  const call = { method: 'POST', url: `${gatewayUrl}/orders`, body: '{"item": 7}' };
  expect((await fetch(call.url, { ...call, headers: await signMessage(call, pair) })).status).toBe(200);
  const whole = new Request(call.url, call);
  for (const [name, value] of Object.entries(await signMessage(whole, pair))) whole.headers.set(name, value);
  expect((await fetch(whole)).status).toBe(200);
  if (spawnSync('sh', ['-c', 'command -v openssl && command -v curl']).status !== 0)
    skip('needs openssl and curl');
  const page = readFileSync(new URL('../../docs/signing.md', import.meta.url), 'utf8');
  const [, script = ''] = /```sh\n([^]*?)```/.exec(page) ?? [];
  const env = {
    PATH: process.env['PATH'],
    GATEWAY: gatewayUrl,
    API_KEY: pair.apiKey,
    SECRET_KEY: pair.secretKey,
  };
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { env });
  expect(stdout).toBe('fine');
  expect(upstream.calls.at(-1)).toMatchObject({ method: 'POST', url: '/orders', body: call.body });
  expect(await used(pair.id)).toBe(3);
});

test('each refusal has its status, and none reaches the upstream', async () => {
  const before = upstream.calls.length;
  const pair = await insertKey(keygrant, { quota: 1, used: 1 });
  const open = await insertKey(keygrant);
  const authorization = await dgrkAuthorization(open);
  const big = 'a'.repeat(65_537);
  for (const [path, options, body, status, type] of [
    ['/orders', {}, '', 401, 'call-unauthorized'],
    ['/orders', { method: 'POST' }, big, 401, 'call-unauthorized'],
    ['/orders', { headers: { authorization: `${authorization}x` } }, '', 401, 'call-unauthorized'],
    ['/prices/a', { headers: { authorization } }, '', 403, 'api-not-permitted'],
    ['/orders/..;/prices/a', { headers: { authorization } }, '', 403, 'api-not-permitted'],
    ['http://elsewhere/orders', { headers: { authorization } }, '', 403, 'api-not-permitted'],
    ['/orders', { headers: { authorization: await dgrkAuthorization(pair) } }, '', 429, 'quota-used-up'],
    ['/orders', { method: 'POST', headers: { authorization } }, big, 413, 'payload-too-large'],
  ] as const) {
    const answer = await send(path, options, body);
    expect([path, answer.status, answer.type]).toEqual([path, status, `/problems/${type}`]);
  }
  expect(upstream.calls).toHaveLength(before);
});

test('a call that never reached the upstream is given back, exactly, however many there are', async () => {
  const pair = await insertKey(keygrant, { quota: 60, apiIds: ['orders-list', 'orders-read'] });
  const authorization = await dgrkAuthorization(pair);
  const nowhere = await freePort();
  await leadTo(`http://127.0.0.1:${nowhere}`, 'orders-list');
  const calls = Array.from({ length: 40 }, (_, at) =>
    send(at % 2 ? '/orders' : '/orders/7', { headers: { authorization } }),
  );
  const answers = await Promise.all(calls);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
  const failed = answers.filter(({ status }) => status === 502);
  expect(failed).toHaveLength(20);
  expect(new Set(failed.map(({ type }) => type))).toEqual(new Set(['/problems/upstream-unreachable']));
  expect(JSON.stringify(failed)).not.toContain(String(nowhere));
  expect(await used(pair.id)).toBe(20);

  await leadTo('https://not-there.example', 'orders-list');
  expect((await send('/orders', { headers: { authorization } })).type).toBe('/problems/upstream-unreachable');
  expect(await used(pair.id)).toBe(20);
  // A quota that lost its limit in the meantime stays at what it was.
  const unlimited = await insertKey(keygrant, { used: 3 });
  await send('/orders', { headers: { authorization: await dgrkAuthorization(unlimited) } });
  const [row] = await db.select().from(keys).where(eq(keys.id, unlimited.id));
  expect(row?.used).toBe(3);
  await leadTo(upstream.url, 'orders-list');
});

test('at the limit of a quota, over two processes, what passed is what is counted, whatever was given back', async () => {
  const second = openDatabase(keygrant.config.databaseUrl);
  const other = await buildGateway({ ...context, db: second.db }, { find });
  try {
    const urls = [gatewayUrl, await other.listen({ host: '127.0.0.1', port: 0 })];
    const quota = 10;
    const pair = await insertKey(keygrant, { quota, apiIds: ['orders-list', 'orders-read'] });
    const headers = { authorization: await dgrkAuthorization(pair) };
    await leadTo(`http://127.0.0.1:${await freePort()}`, 'orders-list');
    const call = async (at: number) =>
      (await fetch(`${urls[at % 2]}${at % 3 ? '/orders' : '/orders/7'}`, { headers })).status;
    let passed = 0;
    // Until nothing is left: what was given back can be used again.
    for (let round = 0; round < 20 && passed < quota; round++) {
      const statuses = await Promise.all(Array.from({ length: 24 }, (_, at) => call(at)));
      expect(statuses.filter((status) => ![200, 429, 502].includes(status))).toEqual([]);
      passed += statuses.filter((status) => status === 200).length;
      expect(await used(pair.id)).toBe(passed);
    }
    expect(passed).toBe(quota);
    expect([await call(0), await call(1)]).toEqual([429, 429]);
  } finally {
    await leadTo(upstream.url, 'orders-list');
    await other.close();
    await second.close();
  }
});

test('what may have reached the upstream counts: a silence, and an end without an answer', async () => {
  const mute = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  const rude = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
  await Promise.all([mute, rude].map((server) => once(server, 'listening')));
  afterAll(() => [mute, rude].map((server) => server.close()));
  const pair = await insertKey(keygrant, { quota: 5 });
  const headers = { authorization: await dgrkAuthorization(pair) };
  for (const [server, status, type] of [
    [mute, 504, 'upstream-timeout'],
    [rude, 502, 'upstream-failed'],
  ] as const) {
    const { port } = server.address() as { port: number };
    await leadTo(`http://127.0.0.1:${port}`, 'orders-list');
    const answer = await send('/orders', { headers });
    expect([answer.status, answer.type]).toEqual([status, `/problems/${type}`]);
  }
  expect(await used(pair.id)).toBe(2);
  const measured = await metrics.text();
  for (const result of ['upstream-unreachable', 'upstream-timeout', 'upstream-failed', '2xx']) {
    expect(measured).toContain(`upstream_duration_seconds_count{api="orders-list",result="${result}"}`);
  }
  await leadTo(upstream.url, 'orders-list');
});

test('answers stream, redirects are not followed, and one that breaks off does not look whole', async () => {
  let goOn: (() => void) | undefined;
  const streaming = await startUpstream(({ url }, response) => {
    if (url === '/orders/redirect') {
      response
        .writeHead(302, { location: `${upstream.url}/secret`, connection: 'x-inner', 'x-inner': 'a' })
        .end();
      return;
    }
    response
      .writeHead(201, {
        'set-cookie': ['a=1', 'b=2'],
        etag: '"x"',
        'x-name': Buffer.from('é').toString('latin1'),
      })
      .write('first');
    goOn = () => (url === '/orders/broken' ? response.destroy() : response.end(' last'));
  });
  await leadTo(streaming.url, 'orders-read');
  const pair = await insertKey(keygrant, { apiIds: ['orders-read'] });
  const headers = { authorization: await dgrkAuthorization(pair) };

  const before = upstream.calls.length;
  const redirect = await send('/orders/redirect', { headers });
  expect([redirect.status, redirect.headers['location']]).toEqual([302, `${upstream.url}/secret`]);
  expect(redirect.headers['x-inner']).toBeUndefined();
  expect(upstream.calls).toHaveLength(before);

  for (const path of ['/orders/whole', '/orders/broken']) {
    const sent = request(gatewayUrl, { path, headers });
    sent.end();
    const [response] = await once(sent, 'response');
    expect([response.statusCode, response.headers['set-cookie'], response.headers.etag]).toEqual([
      201,
      ['a=1', 'b=2'],
      '"x"',
    ]);
    expect(Buffer.from(response.headers['x-name'] as string, 'latin1').toString()).toBe('é');
    const [first] = await once(response, 'data');
    expect(String(first)).toBe('first');
    const rest = text(response);
    goOn?.();
    if (path === '/orders/whole') expect(await rest).toBe(' last');
    else await expect(rest).rejects.toThrow(/aborted/);
  }
});

test('when a caller leaves, its upstream is left, too', async () => {
  let isLeft = false;
  const slow = await startUpstream((_received, response) => {
    response.once('close', () => (isLeft = true));
    if (_received.url === '/orders/some') response.write('some');
  });
  await leadTo(slow.url, 'orders-read');
  const pair = await insertKey(keygrant, { apiIds: ['orders-read'] });
  const headers = { authorization: await dgrkAuthorization(pair) };
  for (const path of ['/orders/none', '/orders/some']) {
    isLeft = false;
    const count = slow.calls.length;
    const sent = request(gatewayUrl, { path, headers }).on('error', () => undefined);
    sent.end();
    await eventually(async () => slow.calls.length > count || undefined);
    sent.destroy();
    await eventually(async () => isLeft || undefined);
  }
});

test('a caller that leaves before there is a connection has made no call', async () => {
  await leadTo(`http://slow.internal:${upstream.port}`, 'orders-list');
  const pair = await insertKey(keygrant, { quota: 5 });
  const headers = { authorization: await dgrkAuthorization(pair) };
  const count = upstream.calls.length;
  const sent = request(gatewayUrl, { path: '/orders', headers }).on('error', () => undefined);
  sent.end();
  await slowName.arrived;
  expect(await used(pair.id)).toBe(1);
  sent.destroy();
  // The gateway has heard of it once it has answered somebody else.
  await send('/', {});
  slowName.release();
  await eventually(async () => (await used(pair.id)) === 0 || undefined);
  expect(upstream.calls).toHaveLength(count);
  await leadTo(upstream.url, 'orders-list');
});

test('an upstream is read no faster than its caller reads', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  let written = 0;
  const large = await startUpstream(async (_received, response) => {
    for (written = 0; written < 100; written += 1) if (!response.write(chunk)) await once(response, 'drain');
    response.end();
  });
  await leadTo(large.url, 'orders-read');
  const pair = await insertKey(keygrant, { apiIds: ['orders-read'] });
  const headers = { authorization: await dgrkAuthorization(pair) };
  const sent = request(gatewayUrl, { path: '/orders/all', headers });
  sent.end();
  const [response] = await once(sent, 'response');
  let before = -1;
  await eventually(async () => {
    const stands = written === before;
    before = written;
    return (written > 0 && stands) || undefined;
  });
  expect(written).toBeLessThan(50);
  let length = 0;
  for await (const piece of response) length += piece.length;
  expect(length).toBe(100 * chunk.length);
});

test('a name leads where the registry means it to: to no private address behind a public name', async () => {
  const { port } = upstream;
  const pair = await insertKey(keygrant, { quota: 50 });
  const headers = { authorization: await dgrkAuthorization(pair) };
  const status = async (host: string, address: string) => {
    names[host] = address;
    await leadTo(`http://${host}:${port}`, 'orders-list');
    return (await send('/orders', { headers })).status;
  };
  expect(await status('orders.partner.com', '127.0.0.1')).toBe(502);
  expect(await status('orders2.partner.com', '::ffff:127.0.0.1')).toBe(502);
  expect(await status('evilinternal', '169.254.169.254')).toBe(502);
  expect(await status('metadata.google.internal', '169.254.169.254')).toBe(502);
  expect(await status('sub.orders.corp.example', '127.0.0.1')).toBe(502);
  const called = upstream.calls.length;
  for (const host of ['orders', 'orders.internal', 'orders.corp.example']) {
    // The gateway hears of a change within a second.
    await eventually(async () => {
      expect([host, await status(host, '127.0.0.1')]).toEqual([host, 200]);
      return upstream.calls.at(-1)?.headers.host === `${host}:${port}` || undefined;
    });
  }
  expect(await used(pair.id)).toBe(upstream.calls.length - called);
  await leadTo(upstream.url, 'orders-list');
});

test('HEAD has no body, and of several APIs the most specific one is called', async () => {
  const special = await startUpstream();
  const fields = { name: 'x', method: 'GET', upstreamUrl: special.url };
  await db.insert(apis).values([
    { ...fields, id: 'prices-steel', name: 'Steel', path: '/prices/steel' },
    { ...fields, id: 'heads', name: 'Heads', method: 'HEAD', path: '/prices/*' },
  ]);
  const pair = await insertKey(keygrant, { apiIds: ['prices', 'prices-steel', 'heads'] });
  const headers = { authorization: await dgrkAuthorization(pair) };
  await send('/prices/steel', { headers });
  await send('/prices/wood', { headers });
  expect([special.calls.at(-1)?.url, upstream.calls.at(-1)?.url]).toEqual(['/prices/steel', '/prices/wood']);
  const head = await send('/prices/wood', { method: 'HEAD', headers });
  expect([head.status, head.text, special.calls.at(-1)?.method]).toEqual([200, '', 'HEAD']);
});

test('pages of the console may call from a browser, other pages may not', async () => {
  const pair = await insertKey(keygrant);
  const asks = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'signature' };
  for (const origin of [new URL(keygrant.config.publicUrl).origin, 'https://elsewhere.example']) {
    const isOurs = origin !== 'https://elsewhere.example';
    const preflight = await send('/orders', { method: 'OPTIONS', headers: { origin, ...asks } });
    expect(preflight.status).toBe(isOurs ? 204 : 401);
    const headers = { origin, authorization: await dgrkAuthorization(pair) };
    for (const answer of [
      preflight,
      await send('/orders', { headers }),
      await send('/orders', { headers: { origin } }),
    ]) {
      expect(answer.headers['access-control-allow-origin']).toBe(isOurs ? origin : undefined);
    }
  }
});

test('garbage on the wire is refused and the gateway lives on', async () => {
  const port = Number(new URL(gatewayUrl).port);
  for (const garbage of [
    'GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    'POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET /orders HTTP/1.1\r\nHost: a\r\nAuthorization: DGRK\x01\r\n\r\n',
    'BREW /orders HTTP/1.1\r\nHost: a\r\n\r\n',
  ]) {
    const socket = connect(port, '127.0.0.1');
    socket.write(garbage, 'latin1');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 40\d /);
  }
  const pair = await insertKey(keygrant);
  expect((await send('/orders', { headers: { authorization: await dgrkAuthorization(pair) } })).status).toBe(
    200,
  );
});

// Last: everything that this file has sent is in the log by now.
test('the log of the gateway holds no signature, whatever became of the call', async () => {
  const pair = await insertKey(keygrant, { apiIds: ['orders-list', 'orders-create'] });
  const dgrk = await dgrkAuthorization(pair);
  await leadTo(`http://127.0.0.1:${await freePort()}`, 'orders-list');
  await send('/orders', { headers: { authorization: dgrk } });
  await leadTo(upstream.url, 'orders-list');
  await send('/orders', { headers: { authorization: dgrk } });
  await send('/prices/a', { headers: { authorization: dgrk } });
  const signed = await signMessage({ method: 'POST', url: '/orders', body: 'a' }, pair);
  await send('/orders', { method: 'POST', headers: signed }, 'b');
  const log = keygrant.log.join('\n');
  expect(log).toContain('"cause":"wrong-digest"');
  expect(log).toContain('no answer of an upstream');
  const signature = signed['signature']?.slice('keygrant=:'.length, -1) ?? '';
  for (const secret of [pair.secretKey, dgrk.slice(dgrk.lastIndexOf('.') + 1), signature]) {
    expect(secret.length).toBeGreaterThan(40);
    expect(log).not.toContain(secret);
  }
});
