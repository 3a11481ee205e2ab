import { createHmac, timingSafeEqual } from 'node:crypto';
import { dgrkMessage } from '../signing/dgrk.ts';
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

const needed =
  'The call needs Authorization: DGRK <API key>.<signature>, or Signature-Input and Signature (RFC 9421).';

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
  return { scheme: 'dgrk', apiKey, signature: Buffer.from(signature) };
}

/** Compares in constant time; a signature of another length is wrong, and its length no secret. */
export function isSignedBy(
  secretKey: string,
  credentials: Credentials,
  body: Uint8Array | string,
): 'right' | 'wrong-signature' | 'wrong-digest' {
  const { apiKey, signature: given, scheme } = credentials;
  const hmac = createHmac('sha256', secretKey);
  const right =
    scheme === 'dgrk'
      ? Buffer.from(hmac.update(dgrkMessage({ apiKey, secretKey }, body)).digest('base64'))
      : hmac.update(credentials.base).digest();
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'wrong-signature';
  if (scheme === 'dgrk' || credentials.digest === undefined) return 'right';
  return isDigestOf(credentials.digest, body) ? 'right' : 'wrong-digest';
}
