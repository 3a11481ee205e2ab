import type { DgrkPair } from './dgrk.ts';
import { type Component, signatureBase, targetComponents } from './signature-base.ts';

/** A call that is to be signed: a `Request`, or what one is made of. */
export type SignableRequest =
  | Request
  | {
      method: string;
      /** Where it goes: a whole URL, or path and query alone. */
      url: string;
      /** What will be sent, byte for byte; nothing for a call without a body. */
      body?: Uint8Array | string;
    };

/** What is chosen for each signature; other values than these defaults are for tests. */
export interface SigningOptions {
  /** Seconds since 1970; now. */
  created?: number;
  /** Never used before; a random UUID. */
  nonce?: string;
}

const encoder = new TextEncoder();

/**
 * Signs a call by HTTP Message Signatures (RFC 9421, `hmac-sha256`): its method, path and query, the digest of its body (RFC
 * 9530), the time, and a nonce, so that whoever captures it can neither alter nor repeat it. As with DGRK, the HMAC's key is
 * the secret as the text that it is. The bases of the two schemes never meet: one ends in the secret, the other in a quote.
 * @returns the headers to send along: `signature-input`, `signature`, and `content-digest` where there is a body
 */
export async function signMessage(
  request: SignableRequest,
  pair: DgrkPair,
  options: SigningOptions = {},
): Promise<Record<string, string>> {
  const { created = Math.floor(Date.now() / 1000), nonce = crypto.randomUUID() } = options;
  const body = await bytesOf(request);
  const digest = body.length > 0 ? await digestOf(body) : undefined;
  const target = targetComponents(targetOf(request.url));
  const covered: Component[] = [
    ['@method', request.method.toUpperCase()],
    ['@path', target['@path']],
    ['@query', target['@query']],
  ];
  if (digest) covered.push(['content-digest', digest]);
  const names = covered.map(([name]) => `"${name}"`).join(' ');
  const parameters = `(${names});created=${created};nonce="${nonce}";keyid="${pair.apiKey}";alg="hmac-sha256"`;
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(pair.secretKey), hmac, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(signatureBase(covered, parameters)));
  return {
    ...(digest && { 'content-digest': digest }),
    'signature-input': `keygrant=${parameters}`,
    signature: `keygrant=:${base64(signature)}:`,
  };
}

/** What stands in the request line: as `fetch` sends it for a whole URL, else as it is given. */
function targetOf(url: string): string {
  if (url.startsWith('/')) return url.split('#', 1)[0] as string;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

async function bytesOf(request: SignableRequest): Promise<Uint8Array<ArrayBuffer>> {
  if ('clone' in request) return new Uint8Array(await request.clone().arrayBuffer());
  const { body = '' } = request;
  return typeof body === 'string' ? encoder.encode(body) : new Uint8Array(body);
}

/** A Content-Digest (RFC 9530, section 2). */
async function digestOf(body: Uint8Array<ArrayBuffer>): Promise<string> {
  return `sha-256=:${base64(await crypto.subtle.digest('SHA-256', body))}:`;
}

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
