import { dgrkAuthorization } from '../signing/dgrk.ts';

/** What became of one signed call. */
export interface SignedCall {
  method: string;
  path: string;
  status: number;
}

/**
 * Signs calls with the pair that stands in a mail and asks Keygrant whether they may pass, as a gateway would: one to an
 * API that the key opens, one to another.
 */
export async function tryKey(baseUrl: string, mail: string): Promise<SignedCall[]> {
  const apiKey = /API Key \(Public\)\s+(\S{56})\s/.exec(mail)?.[1] ?? '';
  const secretKey = /Secret Key \(Private\)\s+(\S{88})\s/.exec(mail)?.[1] ?? '';
  const calls = [];
  for (const path of ['/orders', '/prices/today']) {
    const { status } = await fetch(`${baseUrl}/v1/forward-auth`, {
      headers: {
        authorization: await dgrkAuthorization({ apiKey, secretKey }),
        'x-forwarded-method': 'GET',
        'x-forwarded-uri': path,
      },
    });
    calls.push({ method: 'GET', path, status });
  }
  return calls;
}
