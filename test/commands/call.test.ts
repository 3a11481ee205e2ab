import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clients } from '../../src/db/schema/registry.ts';
import { freePort } from '../../src/stack/ports.ts';
import { insertKey } from '../gateway/keys.ts';
import { startUpstream } from '../gateway/upstream.ts';
import { runCommand, runHere } from '../support/command.ts';
import { startGateway } from '../support/gateway.ts';
import { startKeygrant } from '../support/keygrant.ts';

const keygrant = await startKeygrant({ worker: false });
const upstream = await startUpstream(({ url }, response) => {
  response.statusCode = url?.startsWith('/orders/missing') ? 404 : 200;
  response.end(response.statusCode === 200 ? 'fine' : 'no such order');
});
const KEYGRANT_GATEWAY = await startGateway(keygrant, upstream.url);
const folder = mkdtempSync(join(tmpdir(), 'keygrant-call-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const pair = await insertKey(keygrant, { apiIds: ['orders-list', 'orders-read', 'orders-create'] });

let files = 0;
function fileOf(text: string, mode = 0o600): string {
  const file = join(folder, `key-${++files}`);
  writeFileSync(file, text, { mode });
  return file;
}
const linesOf = (of: { apiKey: string; secretKey: string }) => fileOf(`${of.apiKey}\n${of.secretKey}\n`);
const key = linesOf(pair);

const call = (...words: string[]) => runHere({ env: { KEYGRANT_GATEWAY } }, 'call', ...words);

test('a call passes by either scheme: the body and target as given, the answer alone on standard output', async () => {
  expect(await call('get', '/orders?page=2', '--key', key)).toEqual({ code: 0, words: 'fine', errors: '' });
  const text = '{"item": 7.0, "name": "é"}';
  for (const scheme of ['message', 'dgrk']) {
    const words = ['POST', '/orders', '--key', key, '--scheme', scheme, '-H', 'X-Trace: 1'];
    expect(await call(...words, '-d', text)).toEqual({ code: 0, words: 'fine', errors: '' });
    const received = upstream.calls.at(-1);
    expect(Buffer.from(received?.body ?? '', 'latin1').toString()).toBe(text);
    expect(received?.headers).toMatchObject({ 'content-type': 'application/json', 'x-trace': '1' });
    const { code } = await call(...words, '--data', `@${fileOf(text)}`, '-H', 'Content-Type: text/plain');
    expect([code, upstream.calls.at(-1)?.headers['content-type']]).toEqual([0, 'text/plain']);
  }
  const piped = await runCommand(
    { env: {}, input: text },
    'call',
    'POST',
    `${KEYGRANT_GATEWAY}/orders`,
    '--key',
    key,
    '-d',
    '-',
  );
  expect([piped.code, Buffer.from(upstream.calls.at(-1)?.body ?? '', 'latin1').toString()]).toEqual([
    0,
    text,
  ]);
  // An answer that is not 2xx is the API's, and told apart.
  expect(await call('GET', '/orders/missing', '--key', key)).toEqual({
    code: 1,
    words: 'no such order',
    errors: 'The call passed; the API answered 404 Not Found.\n',
  });
});

test('the pair is read from JSON, labelled lines, the mail or the environment; -v shows what was signed, never the secret', async () => {
  const { apiKey, secretKey } = pair;
  for (const text of [
    JSON.stringify({ apiKey, secretKey }),
    `API_KEY=${apiKey}\nSECRET_KEY="${secretKey}"\n`,
    `Hello,\n\nAPI Key (Public)\n    ${apiKey}\n\nSecret Key (Private)\n    ${secretKey}\n\nBye\n`,
  ]) {
    expect(await call('GET', '/orders', '--key', fileOf(text))).toMatchObject({ code: 0, errors: '' });
  }
  const env = { KEYGRANT_GATEWAY, KEYGRANT_API_KEY: apiKey, KEYGRANT_SECRET_KEY: secretKey };
  for (const [scheme, told] of [
    ['message', `* "@method": GET\n* "@path": /orders\n* "@query": ?page=2\n* "@signature-params": (`],
    ['dgrk', `* ${apiKey}<Secret Key (Private)>`],
  ] as const) {
    const { code, words, errors } = await runHere(
      { env },
      'call',
      'GET',
      '/orders?page=2',
      '-v',
      '--scheme',
      scheme,
    );
    expect([code, words, errors]).toEqual([0, 'fine', expect.stringContaining(told)]);
    expect(errors).toContain('> GET /orders?page=2 HTTP/1.1\n');
    expect(errors).toContain('< HTTP/1.1 200 OK\n');
    expect(errors).not.toContain(secretKey);
  }
  const open = fileOf(`${apiKey}\n${secretKey}\n`, 0o644);
  expect((await call('GET', '/orders', '--key', open)).errors).toContain(`chmod 600 ${open}`);
});

test('a refusal is told by its reason and what to do, with an exit code of its own', async () => {
  const before = upstream.calls.length;
  const other = await insertKey(keygrant);
  await keygrant.db
    .insert(clients)
    .values({ id: 'off', name: 'Off', emails: ['a@b.example'], enabled: false });
  for (const [wanted, reason] of [
    [await insertKey(keygrant, { revokedAt: new Date() }), 'revoked: '],
    [await insertKey(keygrant, { quota: 1, used: 1 }), 'quota-used-up: '],
    [await insertKey(keygrant, { apiIds: ['prices'] }), 'api-not-permitted: '],
    [await insertKey(keygrant, { clientId: 'off' }), 'client-disabled: '],
    [
      await insertKey(keygrant, { effectiveOn: '2999-01-01', expiresOn: '2999-12-31' }),
      'not-yet-effective: ',
    ],
    [await insertKey(keygrant, { effectiveOn: '2020-01-01', expiresOn: '2020-12-31' }), 'expired: '],
    [{ ...other, secretKey: pair.secretKey }, 'unauthorized: '],
  ] as const) {
    const { code, words, errors } = await call('GET', '/orders', '--key', linesOf(wanted));
    expect([code, words, errors]).toEqual([3, '', expect.stringContaining(reason)]);
    // The reason, what to do, and by what it is found.
    expect(errors.trim().split('\n')).toHaveLength(3);
  }
  expect(upstream.calls).toHaveLength(before);
});

test('what is not reached is told as such', async () => {
  const words = ['GET', '/orders', '--key', key];
  const nowhere = await call(...words, '--gateway', `http://127.0.0.1:${await freePort()}`);
  expect(nowhere).toMatchObject({ code: 4, words: '', errors: expect.stringContaining('was not reached') });
  await upstream.stop();
  const { code, errors } = await call(...words);
  expect([code, errors]).toEqual([4, expect.stringContaining('upstream-unreachable: ')]);
});

test('what is missing or wrong is told before anything is sent, and the secret is no argument', async () => {
  for (const [words, right] of [
    [['GET'], 'a method and a target'],
    [['FETCH', '/orders', '--key', key], 'no method'],
    [['GET', 'orders', '--key', key], 'begins with a slash: /orders'],
    [['GET', '/orders?q=a b é', '--key', key], "'/orders?q=a%20b%20%C3%A9'"],
    [['GET', '/orders'], '--key FILE'],
    [['GET', '/orders', '--key', 'missing.key'], 'neither a file'],
    [['GET', '/orders', '--key', fileOf('one line')], 'holds no pair'],
    [['GET', '/orders', '--key', pair.apiKey], 'KEYGRANT_SECRET_KEY'],
    [['GET', '/orders', '--key', pair.apiKey, '--secret', 'x'], 'never an argument'],
    [['GET', '/orders', '--key', key, '--scheme', 'basic'], 'message or dgrk'],
    [['GET', '/orders', '--key', key, '--header', 'nothing'], "'Name: value'"],
    [['GET', '/orders', '--key', key, '-H', 'Signature: x'], 'made by signing'],
    [['GET', '/orders', '--key', key, '--gateway', 'http://a/b'], 'http://a'],
    [['POST', '/orders', '--key', key, '-d', '@missing.json'], '@missing.json'],
    [['GET', '/orders', '--kye', key], '--kye'],
  ] as const) {
    const ending = await call(...words);
    expect([words, ending]).toEqual([words, { code: 2, words: '', errors: expect.stringContaining(right) }]);
  }
  const alone = await runHere({ env: {} }, 'call', 'GET', '/orders', '--key', key);
  expect(alone).toMatchObject({ code: 2, errors: expect.stringContaining('Where is the gateway?') });
  expect(await call('--help')).toMatchObject({ code: 0, words: expect.stringContaining('Exit code') });
});
