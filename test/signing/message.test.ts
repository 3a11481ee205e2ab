import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { httpbis } from 'http-message-signatures';
import { expect, test } from 'vitest';
import { newKeyPair } from '../../src/crypto/secrets.ts';
import { readMessageSignature } from '../../src/gateway/message-signature.ts';
import { signMessage } from '../../src/signing/index.ts';
import { signatureBase } from '../../src/signing/signature-base.ts';

const pair = newKeyPair();
const hmac = (key: Buffer | string, base: string) => createHmac('sha256', key).update(base).digest('base64');

test('the vector of RFC 9421, appendix B.2.5', () => {
  const shared = Buffer.from(
    'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
    'base64',
  );
  const base = signatureBase(
    [
      ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
      ['@authority', 'example.com'],
      ['content-type', 'application/json'],
    ],
    '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
  );
  expect(hmac(shared, base)).toBe('pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=');
});

test('a digest is that of RFC 9530, appendix D', async () => {
  const body = '{"hello": "world"}\n';
  const { 'content-digest': digest } = await signMessage({ method: 'PUT', url: '/items/123', body }, pair);
  expect(digest).toBe('sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:');
});

test('another implementation accepts what is signed here, and reads it so', async () => {
  for (const call of [
    { method: 'GET', url: 'https://api.example.com/orders?page=2&q=caf%C3%A9' },
    { method: 'GET', url: 'https://api.example.com' },
    { method: 'POST', url: 'https://api.example.com/orders', body: '{"a": 1}' },
    new Request('https://api.example.com/a b?c=d#e', { method: 'PUT', body: Uint8Array.of(0, 255) }),
  ]) {
    const headers = await signMessage(call, pair);
    const seen: string[] = [];
    const message = { method: call.method, url: new URL(call.url), headers };
    const verify = async (base: Buffer, signature: Buffer) => {
      seen.push(base.toString());
      return hmac(pair.secretKey, base.toString()) === signature.toString('base64');
    };
    const keyLookup = async () => ({ id: pair.apiKey, algs: ['hmac-sha256'], verify });
    const requiredParams = ['created', 'nonce', 'keyid', 'alg'];
    expect(await httpbis.verifyMessage({ keyLookup, requiredParams }, message)).toBe(true);
    expect(seen).toHaveLength(1);
  }
});

test('what another implementation signs is read here', async () => {
  const signed = await httpbis.signMessage(
    {
      key: {
        id: pair.apiKey,
        alg: 'hmac-sha256',
        sign: async (base) => Buffer.from(hmac(pair.secretKey, base.toString()), 'base64'),
      },
      fields: ['@method', '@request-target'],
      params: ['created', 'expires', 'nonce', 'keyid', 'alg'],
      paramValues: { nonce: 'a-nonce-of-its-own', expires: new Date(2e12) },
    },
    { method: 'GET', url: 'https://api.example.com/orders?page=2', headers: {} },
  );
  const fields = Object.fromEntries(
    Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const call = { method: 'GET', target: '/orders?page=2', hasBody: false };
  const read = readMessageSignature(call, fields);
  expect(read).toMatchObject({ apiKey: pair.apiKey, nonce: 'a-nonce-of-its-own' });
  expect(hmac(pair.secretKey, read.base)).toBe(read.signature.toString('base64'));
});

test('the same call signed twice is two signatures; bytes and their text are one body', async () => {
  const call = { method: 'post', url: '/orders', body: 'é' };
  const [one, two] = [await signMessage(call, pair), await signMessage(call, pair)];
  expect(one['signature-input']).not.toBe(two['signature-input']);
  const fixed = { created: 1, nonce: 'fixed-for-this-test' };
  expect(await signMessage({ ...call, body: new TextEncoder().encode('é') }, pair, fixed)).toEqual(
    await signMessage(call, pair, fixed),
  );
});

test('no field that HTTP can carry is more than a fault', async () => {
  const { 'signature-input': input = '', signature = '' } = await signMessage(
    { method: 'GET', url: '/a' },
    pair,
  );
  const pieces = fc.constantFrom(
    input,
    signature,
    '=',
    '(',
    ')',
    '"',
    ';',
    ',',
    'a',
    '@method',
    '1',
    ':',
    '?1',
    '@1',
    '%"a"',
    '\t',
    'é',
  );
  const field = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''));
  const call = { method: 'GET', target: '/a', hasBody: false };
  fc.assert(
    fc.property(field, field, (given, proof) => {
      fc.pre(given !== input);
      try {
        const read = readMessageSignature(call, { 'signature-input': given, signature: proof });
        // Whatever is accepted says what it was signed over.
        expect(read.base).toMatch(/^"@.*\n.*"@signature-params": \(/s);
      } catch (error) {
        expect((error as Error).constructor.name).toBe('SignatureFault');
      }
    }),
    { numRuns: 2000 },
  );
});
