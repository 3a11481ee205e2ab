import { request } from 'node:http';
import { expect, test } from 'vitest';
import { dgrkAuthorization, signMessage } from '../../src/signing/index.ts';
import { day } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { insertKey } from './keys.ts';

const keygrant = await startKeygrant({ worker: false });
const nginx = (method: string, uri: string) => ({ 'x-original-method': method, 'x-original-uri': uri });
const traefik = (method: string, uri: string) => ({ 'x-forwarded-method': method, 'x-forwarded-uri': uri });

async function ask(headers: Record<string, string>, init: RequestInit = {}) {
  const response = await fetch(`${keygrant.baseUrl}/v1/forward-auth`, { ...init, headers });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

test('a yes says whose the call is, whichever way the gateway names it', async () => {
  const pair = await insertKey(keygrant, { quota: 5 });
  const authorization = await dgrkAuthorization(pair);
  for (const name of [nginx, traefik]) {
    const { status, headers } = await ask({ ...name('GET', '/orders?page=2'), authorization });
    expect(status).toBe(200);
    expect(headers.get('x-keygrant-key')).toBe(pair.id);
    expect(headers.get('x-keygrant-client')).toBe('acme');
  }
  const { body } = await keygrant.as('dora').get(`/v1/keys/${pair.id}`);
  expect(body.used).toBe(2);
});

test.each([
  ['without a signature', {}, 'GET', '/orders', 401, 'call-unauthorized'],
  ['with a wrong one', { secretKey: 'guessed' }, 'GET', '/orders', 401, 'call-unauthorized'],
  ['of an expired key', { expiresOn: day(-1) }, 'GET', '/orders', 401, 'call-unauthorized'],
  ['to an API that it does not open', {}, 'GET', '/prices/a', 403, 'api-not-permitted'],
  ['beyond its quota', { quota: 1, used: 1 }, 'GET', '/orders', 429, 'quota-used-up'],
] as const)('a call %s is refused by status', async (what, wanted, method, uri, status, code) => {
  const { secretKey, ...rest } = { secretKey: undefined, ...wanted };
  const pair = await insertKey(keygrant, rest);
  const authorization =
    what === 'without a signature'
      ? 'Bearer something-else'
      : await dgrkAuthorization({ ...pair, ...(secretKey && { secretKey }) });
  const answer = await ask({ ...nginx(method, uri), authorization });
  expect([answer.status, answer.body.type]).toEqual([status, `/problems/${code}`]);
  expect(answer.headers.get('x-keygrant-key')).toBeNull();
  const challenge = answer.headers.get('www-authenticate');
  expect(challenge).toBe(status === 401 ? 'DGRK realm="keygrant"' : null);
});

test.each(['application/json', 'text/xml; charset=latin1', 'nonsense', 'multipart/form-data'])(
  'a body of type %s counts as the bytes that it is',
  async (type) => {
    const pair = await insertKey(keygrant);
    const body = Uint8Array.from([0x7b, 0x20, 0x7d, ...(type === 'application/json' ? [] : [0xff])]);
    const authorization = await dgrkAuthorization(pair, body);
    const headers = { ...traefik('POST', '/orders'), authorization, 'content-type': type };
    expect((await ask(headers, { method: 'POST', body })).status).toBe(200);
    const altered = Uint8Array.from([...body, 0x61]);
    expect((await ask(headers, { method: 'POST', body: altered })).status).toBe(401);
  },
);

test('a body without a type counts, too; one of more than a megabyte is not read', async () => {
  const pair = await insertKey(keygrant);
  const authorization = await dgrkAuthorization(pair, 'plain');
  const headers = { ...traefik('POST', '/orders'), authorization };
  expect(await postRaw(headers, 'plain')).toBe(200);
  expect(await postRaw(headers, 'a'.repeat(1024 * 1024))).toBe(401);
  expect(await postRaw(headers, 'a'.repeat(1024 * 1024 + 1))).toBe(413);
});

test('the signature of no body does not let a body through that the gateway kept', async () => {
  const pair = await insertKey(keygrant, { apiIds: ['orders-list', 'orders-create'] });
  const authorization = await dgrkAuthorization(pair);
  const answer = await ask({ ...nginx('POST', '/orders'), authorization });
  expect([answer.status, answer.body.type]).toEqual([401, '/problems/call-unauthorized']);
});

test('a caller cannot name another call than the gateway does', async () => {
  const pair = await insertKey(keygrant);
  const authorization = await dgrkAuthorization(pair);
  const may = nginx('GET', '/orders');
  for (const headers of [
    { ...may, ...traefik('GET', '/prices/a') },
    { ...nginx('GET', '/prices/a'), ...traefik('GET', '/orders') },
    { ...may, 'x-forwarded-uri': '/orders' },
    { 'x-original-method': 'GET', 'x-forwarded-uri': '/orders' },
    { 'x-original-uri': '/orders' },
    {},
  ]) {
    const answer = await ask({ ...headers, authorization });
    expect([headers, answer.status, answer.body.type]).toEqual([headers, 400, '/problems/malformed-request']);
  }
  expect((await ask({ ...may, ...traefik('GET', '/orders'), authorization })).status).toBe(200);
});

test('Envoy asks with the call itself behind a prefix, whatever headers say of it', async () => {
  const pair = await insertKey(keygrant, { apiIds: ['orders-list', 'orders-create'] });
  const body = '{"item": 7}';
  const envoy = async (path: string, init: RequestInit) => {
    const response = await fetch(`${keygrant.baseUrl}/v1/ext-authz${path}`, init);
    return { status: response.status, key: response.headers.get('x-keygrant-key') };
  };
  const authorization = await dgrkAuthorization(pair);
  expect(await envoy('/orders?page=2', { headers: { authorization } })).toEqual({
    status: 200,
    key: pair.id,
  });
  const elsewhere = { authorization, ...traefik('GET', '/orders'), ...nginx('GET', '/orders') };
  expect(await envoy('/prices/a', { headers: elsewhere })).toEqual({ status: 403, key: null });
  const headers = await signMessage({ method: 'POST', url: '/orders', body }, pair);
  expect((await envoy('/orders', { method: 'POST', headers, body: '{"item": 8}' })).status).toBe(401);
  expect((await envoy('/orders', { method: 'POST', headers })).status).toBe(401);
  expect((await envoy('/orders', { method: 'POST', headers, body })).status).toBe(200);
  expect((await envoy('/orders', { method: 'POST', headers, body })).status).toBe(401);
  expect((await envoy('', { headers: { authorization } })).status).toBe(404);
});

/** Sends a body without Content-Type, which fetch does not. */
function postRaw(headers: Record<string, string>, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${keygrant.baseUrl}/v1/forward-auth`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end(body);
  });
}
