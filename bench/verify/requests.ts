import { writeFile } from 'node:fs/promises';
import { type DgrkPair, dgrkAuthorization } from '../../src/signing/index.ts';

/** A JSON body of about that many bytes, as an order is: names, numbers, lists, some of it not ASCII. */
export function bodyOf(bytes: number): string {
  const items: unknown[] = [];
  const text = () => JSON.stringify({ order: 4711, customer: 'Müller & 淡水', items });
  while (text().length < bytes - 90) {
    items.push({
      sku: `A-${1000 + items.length}`,
      name: 'Steel sheet, 2 mm',
      quantity: items.length,
      price: 12.5,
      express: false,
    });
  }
  const missing = bytes - Buffer.byteLength(text()) - 13;
  return JSON.stringify({
    order: 4711,
    customer: 'Müller & 淡水',
    items,
    note: 'n'.repeat(Math.max(0, missing)),
  });
}

const message = (line: string, headers: Record<string, string>, body = '') =>
  [
    `${line} HTTP/1.1`,
    'host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body ? ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`] : []),
    '',
    body,
  ].join('\r\n');

/** A question to `POST /v1/verify` for each key, about a call with that body. */
export async function questions(pairs: readonly DgrkPair[], token: string, body: string): Promise<string[]> {
  return Promise.all(
    pairs.map(async (pair) => {
      const headers = { authorization: await dgrkAuthorization(pair, body) };
      const question = JSON.stringify({ method: 'POST', target: '/orders', headers, body });
      return message('POST /v1/verify', { authorization: `Bearer ${token}` }, question);
    }),
  );
}

/** A signed call of each key, as it goes to a gateway. */
export async function calls(pairs: readonly DgrkPair[], body: string): Promise<string[]> {
  return Promise.all(
    pairs.map(async (pair) =>
      message('POST /orders', { authorization: await dgrkAuthorization(pair, body) }, body),
    ),
  );
}

/** What better-auth is asked for each of its keys. */
export function betterAuthQuestions(keys: readonly string[]): string[] {
  return keys.map((key) => message('POST /verify', {}, JSON.stringify({ key })));
}

/** Writes requests where the load generator reads them. */
export async function keep(file: string, requests: readonly string[]): Promise<string> {
  // In another order than that of the rows, as calls come.
  const step = 7_919;
  const mixed = requests.map((_, at) => requests[(at * step) % requests.length]);
  await writeFile(file, JSON.stringify(requests.length % step === 0 ? requests : mixed));
  return file;
}
