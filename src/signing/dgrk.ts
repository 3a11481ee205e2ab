import { canonicalBody } from './canonical-body.ts';

/** A key pair as it stands in the mail. */
export interface DgrkPair {
  /** API Key (Public). */
  apiKey: string;
  /** Secret Key (Private). */
  secretKey: string;
}

const encoder = new TextEncoder();

/**
 * What a DGRK signature covers: canonical body, public key, secret key. The secret is used as the text that it is,
 * not decoded, both here and as the HMAC's key. Method, path and time are not covered: that is digiRunner's scheme.
 */
function dgrkMessage({ apiKey, secretKey }: DgrkPair, body: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const canonical = canonicalBody(body);
  const names = encoder.encode(apiKey + secretKey);
  const message = new Uint8Array(canonical.length + names.length);
  message.set(canonical);
  message.set(names, canonical.length);
  return message;
}

/**
 * Signs a call the way digiRunner's clients do.
 * @param body what will be sent, byte for byte; nothing for a call without a body
 * @returns the value of the header Authorization: `DGRK <public key>.<base64 of HMAC-SHA256>`
 */
export async function dgrkAuthorization(pair: DgrkPair, body: Uint8Array | string = ''): Promise<string> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(pair.secretKey), hmac, false, ['sign']);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, dgrkMessage(pair, body)));
  return `DGRK ${pair.apiKey}.${btoa(String.fromCharCode(...signature))}`;
}
