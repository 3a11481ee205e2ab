import { canonicalBody } from './canonical-body.ts';
import { type DgrkPair, dgrkAuthorization } from './dgrk.ts';
import { signMessage } from './message.ts';
import { type Component, signatureBase, targetComponents } from './signature-base.ts';

/** A signed call, and over what. */
export interface Signed {
  headers: Record<string, string>;
  /** What the HMAC was made of; where it holds the secret, that is named instead. */
  base: string;
}

/** Signs a call by a scheme, and tells what the signature covers, so that another implementation can be compared. */
export async function signCall(
  call: { method: string; target: string; body: Uint8Array },
  pair: DgrkPair,
  scheme: 'dgrk' | 'message',
): Promise<Signed> {
  const { method, target, body } = call;
  if (scheme === 'dgrk') {
    const covered = new TextDecoder().decode(canonicalBody(body));
    return {
      headers: { authorization: await dgrkAuthorization(pair, body) },
      base: `${covered}${pair.apiKey}<Secret Key (Private)>`,
    };
  }
  const headers = await signMessage({ method, url: target, body }, pair);
  const digest = headers['content-digest'];
  const { '@path': path, '@query': query } = targetComponents(target);
  const components: Component[] = [
    ['@method', method],
    ['@path', path],
    ['@query', query],
  ];
  if (digest) components.push(['content-digest', digest]);
  const parameters = headers['signature-input']?.slice('keygrant='.length) ?? '';
  return { headers, base: signatureBase(components, parameters) };
}
