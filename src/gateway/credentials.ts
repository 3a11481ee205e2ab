import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalBody } from '../signing/canonical-body.ts';
import {
  isDigestOf,
  type MessageSignature,
  readMessageSignature,
  SignatureFault,
  type SignatureFields,
} from './message-signature.ts';

/** How calls can be signed: digiRunner's way, and by HTTP Message Signatures. */
export const schemes = ['dgrk', 'message'] as const;
export type Scheme = (typeof schemes)[number];

/** The header fields that say who calls. */
export interface CredentialFields extends SignatureFields {
  authorization?: string | undefined;
}

/** What a call claims about itself. */
export type Credentials =
  | { scheme: 'dgrk'; apiKey: string; signature: Buffer }
  | ({ scheme: 'message'; digest: string | undefined } & MessageSignature);

/**
 * As digiRunner reads it: the keyword in any case, then two parts with one point between. Both parts are base64, of which
 * ours have 56 and 44 characters; longer ones cannot be right, and nothing else can reach the database.
 */
const form = /^DGRK +([A-Za-z0-9+/]{1,100}={0,2})\.([A-Za-z0-9+/]{1,100}={0,2})$/i;

const needed = {
  en: 'The call needs Authorization: DGRK <API key>.<signature>, or Signature-Input and Signature (RFC 9421).',
  'zh-TW':
    '呼叫需要 Authorization: DGRK <API key>.<signature>，或 Signature-Input 與 Signature（RFC 9421）。',
};

/** Whether an Authorization is ours to read, and to keep from upstreams. */
export function isDgrk(authorization: string | undefined): boolean {
  return /^DGRK\b/i.test(authorization ?? '');
}

/**
 * Reads what a call is signed by. One that says DGRK is judged as such; of others the Authorization is the upstream's.
 * @throws SignatureFault
 */
export function readCredentials(
  call: { method: string; target: string; hasBody: boolean },
  fields: CredentialFields,
): Credentials {
  const { authorization } = fields;
  if (fields['signature-input'] !== undefined && !isDgrk(authorization)) {
    const digest = fields['content-digest'];
    return { scheme: 'message', digest, ...readMessageSignature(call, fields) };
  }
  const [, apiKey, signature] = form.exec(authorization ?? '') ?? [];
  if (!apiKey || !signature) throw new SignatureFault(needed);
  return { scheme: 'dgrk', apiKey, signature: Buffer.from(signature, 'latin1') };
}

/**
 * A secret key ready for use. In memory for as long as its key is cached, as bytes, which no text in a heap snapshot shows;
 * whoever reads this process's memory has its master keys, and with them every secret, in any case.
 */
export interface SigningSecret {
  /** What DGRK appends to a body: the public key, then the secret. */
  names: Buffer;
  /** Where in it the secret begins, which is the HMAC's key. */
  from: number;
}

export function signingSecret(apiKey: string, secretKey: string): SigningSecret {
  return { names: Buffer.from(apiKey + secretKey), from: Buffer.byteLength(apiKey) };
}

/** Compares in constant time; a signature of another length is wrong, and its length no secret. */
export function isSignedBy(
  { names, from }: SigningSecret,
  credentials: Credentials,
  body: Uint8Array | string,
): 'right' | 'wrong-signature' | 'wrong-digest' {
  const { signature: given, scheme } = credentials;
  const hmac = createHmac('sha256', names.subarray(from));
  const right =
    scheme === 'dgrk'
      ? Buffer.from(
          hmac
            .update(canonicalBody(bytesOf(body)))
            .update(names)
            .digest('base64'),
          'latin1',
        )
      : hmac.update(credentials.base).digest();
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'wrong-signature';
  if (scheme === 'dgrk' || credentials.digest === undefined) return 'right';
  return isDigestOf(credentials.digest, body) ? 'right' : 'wrong-digest';
}

/** By Node, which encodes some hundred bytes in half the time that TextEncoder takes. */
function bytesOf(body: Uint8Array | string): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body;
}
