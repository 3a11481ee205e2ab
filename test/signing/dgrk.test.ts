import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalBody, dgrkAuthorization } from '../../src/signing/index.ts';
import { authorizationOf, vectors } from './vectors.ts';

/** The pair that digiRunner's documents publish. */
const published = {
  apiKey: 'YjQxNzJlMjFiMzAzM2Q5NWM2ZDYzNTVjYzhmMTRjNGQxMTA3YzllYw==',
  secretKey: 'YTk2MTQ2MjhhZDM1MjYwZDVkMTdjMTE2MTIyZDhkOTFhNmNiNGI3NjNmMjg1ZTgzMWI3OGQ1ZGZlNDA2OGNkYw==',
};

test('all 59 vectors are there', () => expect(vectors).toHaveLength(59));

test.each(vectors)('$body is signed as digiRunner signs it', async (vector) => {
  expect(await dgrkAuthorization(vector, vector.body)).toBe(authorizationOf(vector));
  expect(await dgrkAuthorization(vector, new TextEncoder().encode(vector.body))).toBe(
    authorizationOf(vector),
  );
  // Java signs half a character as a question mark.
  expect(new TextDecoder().decode(canonicalBody(vector.body))).toBe(vector.minified.replace('\ud83d"', '?"'));
});

test('the published pair signs by the published formula, its secret used as the text that it is', async () => {
  const sign = (minified: string) =>
    createHmac('sha256', published.secretKey)
      .update(minified + published.apiKey + published.secretKey)
      .digest('base64');
  expect(await dgrkAuthorization(published, ' { "a" : 1e2 } ')).toBe(
    `DGRK ${published.apiKey}.${sign('{"a":100.0}')}`,
  );
});

test('no body is the empty text', async () => {
  expect(await dgrkAuthorization(published)).toBe(await dgrkAuthorization(published, new Uint8Array()));
});
