import { afterAll, expect, test } from 'vitest';
import { dgrkAuthorization, signMessage } from '../../src/signing/index.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { findProgram, goBin, startProxy } from './in-front.ts';
import { insertKey } from './keys.ts';
import { startUpstream } from './upstream.ts';

const traefik = findProgram(['traefik', `${goBin}/traefik`], ['version']);
if (!traefik) {
  console.warn(
    'Traefik is not installed, so what it does in front of Keygrant is not tested here: in the folder that ' +
      '`go mod download -json github.com/traefik/traefik/v3@v3.6.12` names, go build -o ~/go/bin/traefik ./cmd/traefik',
  );
}
// Out here, since what is to be stopped after a test cannot be named within it.
const inFront = traefik === undefined ? undefined : await startInFront(traefik);

test.skipIf(!inFront)(
  'a real Traefik lets through what Keygrant allows, bodies included, says whose it is, and nothing else',
  async () => {
    if (!inFront) return;
    const { keygrant, calls, call } = inFront;
    const pair = await insertKey(keygrant, { quota: 4 });
    const authorization = await dgrkAuthorization(pair);
    // What a caller says about itself, or about the call, does not count.
    const forged = {
      authorization,
      'x-keygrant-client': 'globex',
      'x-forwarded-uri': '/prices/a',
      'x-forwarded-method': 'POST',
      'x-original-uri': '/prices/a',
      'x-original-method': 'GET',
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

    for (const path of ['/prices/steel', '/orders/..;/prices/steel', '/orders/%2e%2e/prices/steel']) {
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
  let port = 0;
  const front = await startProxy({
    program,
    configuration: 'traefik.yaml',
    adapt: (text, chosen) => {
      port = chosen;
      return text
        .replace('http://127.0.0.1:3000', keygrant.baseUrl)
        .replace('http://127.0.0.1:8080', upstream.url);
    },
    words: (file) => [
      `--entryPoints.web.address=127.0.0.1:${port}`,
      `--providers.file.filename=${file}`,
      '--global.checkNewVersion=false',
      '--global.sendAnonymousUsage=false',
    ],
  });
  afterAll(() => front.stop());
  // It listens before it has read what for.
  await eventually(async () => (await front.call('/', {})) === 401 || undefined);
  return { keygrant, calls: upstream.calls, call: front.call };
}
