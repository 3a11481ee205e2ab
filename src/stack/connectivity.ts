import { signMessage } from '../signing/message.ts';

/** What became of one signed call. */
export interface SignedCall {
  call: string;
  status: number;
  /** What came back: the upstream's answer, or why there is none. */
  answer: string;
}

const told = (answer: { 'x-keygrant-client'?: string; detail?: string }) =>
  answer.detail ?? `the upstream was told that the client is ${answer['x-keygrant-client']}`;

/**
 * Calls APIs through the gateway with the pair that stands in a mail: one that the key opens, the same once more with
 * the same signature, another API, and one without a signature.
 */
export async function tryKey(gatewayUrl: string, mail: string): Promise<SignedCall[]> {
  const apiKey = /API Key \(Public\)\s+(\S{56})\s/.exec(mail)?.[1] ?? '';
  const secretKey = /Secret Key \(Private\)\s+(\S{88})\s/.exec(mail)?.[1] ?? '';
  const sign = (url: string) => signMessage({ method: 'GET', url }, { apiKey, secretKey });
  const orders = await sign('/orders');
  const calls = [];
  for (const [call, path, headers] of [
    ['GET /orders, signed', '/orders', orders],
    ['the same signature again', '/orders', orders],
    ['GET /prices/today, signed', '/prices/today', await sign('/prices/today')],
    ['GET /orders, not signed', '/orders', {}],
  ] as const) {
    const response = await fetch(`${gatewayUrl}${path}`, { headers });
    calls.push({ call, status: response.status, answer: told((await response.json()) as object) });
  }
  return calls;
}
