import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { dgrkAuthorization } from '../../src/signing/index.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { insertKey } from './keys.ts';
import { findNginx, startNginx } from './nginx.ts';

const nginx = findNginx();
if (!nginx) console.warn('nginx is not installed: what it does in front of Keygrant is not tested here.');
// Out here, since what is to be stopped after a test cannot be named within it.
const inFront = nginx === undefined ? undefined : await startInFront(nginx);

test.skipIf(!inFront)(
  'a real nginx lets through what Keygrant allows, says whose it is, and nothing else',
  async () => {
    if (!inFront) return;
    const { keygrant, calls, baseUrl } = inFront;
    const pair = await insertKey(keygrant, { quota: 2 });
    const authorization = await dgrkAuthorization(pair);
    const call = async (path: string, init: RequestInit = {}) =>
      (await fetch(`${baseUrl}${path}`, { headers: { authorization }, ...init })).status;

    expect(await call('/orders?page=2')).toBe(200);
    expect(calls[0]?.url).toBe('/orders?page=2');
    expect(calls[0]?.headers).toMatchObject({
      'x-keygrant-key': pair.id,
      'x-keygrant-client': 'acme',
      'x-keygrant-api': 'orders-list',
    });
    expect(calls[0]?.headers.authorization).toBeUndefined();

    // What a caller says about itself, or about the call, does not count.
    const forged = {
      authorization,
      'x-keygrant-client': 'globex',
      'x-keygrant-api': 'prices',
      'x-forwarded-uri': '/prices/a',
    };
    expect(await call('/orders', { headers: forged })).toBe(200);
    expect(calls[1]?.headers).toMatchObject({ 'x-keygrant-client': 'acme', 'x-keygrant-api': 'orders-list' });

    expect(await call('/orders')).toBe(429);
    const other = await dgrkAuthorization(await insertKey(keygrant));
    const wrong = other.replace(/.{5}=$/, 'AAAAA=');
    const asOther = { headers: { authorization: other } };
    expect(await call('/orders/..;/prices/steel', asOther)).toBe(403);
    expect(await call('/prices/steel', asOther)).toBe(403);
    expect(await call('/orders', { headers: {} })).toBe(401);
    expect(await call('/orders', { headers: { authorization: wrong } })).toBe(401);
    // nginx passes no body on, so none can be signed.
    const signed = { authorization: await dgrkAuthorization(pair, '{}') };
    expect(await call('/orders', { method: 'POST', body: '{}', headers: signed })).toBe(401);
    expect(await call('/orders', { method: 'POST', body: '{}', ...asOther })).toBe(401);
    expect(calls).toHaveLength(2);
  },
);

/** Starts all three, and tells what the upstream was called with. */
async function startInFront(path: string) {
  const keygrant = await startKeygrant({ worker: false });
  const calls: IncomingMessage[] = [];
  const upstream = createServer((request, response) => {
    calls.push(request);
    response.end('from the upstream');
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const address = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const front = await startNginx(path, { keygrant: keygrant.baseUrl, upstream: address });
  afterAll(async () => {
    await front.stop();
    upstream.closeAllConnections();
    upstream.close();
  });
  return { keygrant, calls, baseUrl: front.baseUrl };
}
