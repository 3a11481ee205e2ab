import { afterAll, expect, test } from 'vitest';
import { dgrkAuthorization, signMessage } from '../../src/signing/index.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { findProgram, goBin, startProxy } from './in-front.ts';
import { insertKey } from './keys.ts';
import { startUpstream } from './upstream.ts';

const caddy = findProgram(['caddy', `${goBin}/caddy`], ['version']);
if (!caddy) {
  console.warn(
    'Caddy is not installed, so what it does in front of Keygrant is not tested here: go install github.com/caddyserver/caddy/v2/cmd/caddy@latest',
  );
}
// Out here, since what is to be stopped after a test cannot be named within it.
const inFront = caddy === undefined ? undefined : await startInFront(caddy);

test.skipIf(!inFront)(
  'a real Caddy lets through what Keygrant allows, says whose it is, and nothing else',
  async () => {
    if (!inFront) return;
    const { keygrant, calls, call } = inFront;
    const pair = await insertKey(keygrant, { quota: 3 });
    const authorization = await dgrkAuthorization(pair);

    expect(await call('/orders?page=2', { authorization })).toBe(200);
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
      'x-forwarded-uri': '/prices/a',
      'x-forwarded-method': 'POST',
      'x-original-uri': '/prices/a',
    };
    expect(await call('/orders', forged)).toBe(200);
    expect(calls[1]?.headers['x-keygrant-client']).toBe('acme');
    const twice = await signMessage({ method: 'GET', url: '/orders?page=3' }, pair);
    expect(await call('/orders?page=3', twice)).toBe(200);

    expect(await call('/orders', { authorization })).toBe(429);
    const other = await insertKey(keygrant);
    const asOther = { authorization: await dgrkAuthorization(other) };
    const signed = await signMessage({ method: 'GET', url: '/orders' }, other);
    expect(await call('/orders?page=2', signed)).toBe(401);
    expect(await call('/orders', signed)).toBe(200);
    expect(await call('/orders', signed)).toBe(401);
    for (const path of [
      '/prices/steel',
      '/orders/..;/prices/steel',
      '/orders/%2e%2e/prices/steel',
      '//orders',
    ]) {
      expect([path, await call(path, asOther)]).toEqual([path, 403]);
    }
    expect(await call('/orders', {})).toBe(401);
    // Caddy passes no body on, so none can be signed.
    expect(await call('/orders', { authorization: await dgrkAuthorization(other, '{}') }, 'POST', '{}')).toBe(
      401,
    );
    expect(await call('/orders', asOther, 'POST', '{}')).toBe(401);
    expect(calls).toHaveLength(4);
  },
);

/** Starts all three, and tells what the upstream was called with. */
async function startInFront(program: string) {
  const keygrant = await startKeygrant({ worker: false });
  const upstream = await startUpstream();
  const front = await startProxy({
    program,
    configuration: 'Caddyfile',
    adapt: (text, port) =>
      `{\n\tadmin off\n\tpersist_config off\n}\n${text}`
        .replace(':8000', `http://127.0.0.1:${port}`)
        .replace('127.0.0.1:3000', new URL(keygrant.baseUrl).host)
        .replace('127.0.0.1:8080', new URL(upstream.url).host),
    words: (file) => ['run', '--config', file, '--adapter', 'caddyfile'],
  });
  afterAll(() => front.stop());
  return { keygrant, calls: upstream.calls, call: front.call };
}
