import { createHmac, timingSafeEqual } from 'node:crypto';
import type { MasterKeys } from '../crypto/master-keys.ts';
import { newKeyPair, open, type Sealed, seal } from '../crypto/secrets.ts';
import type { Database } from '../db/database.ts';
import { dateIn, validityOn } from '../domain/dates.ts';
import { dgrkMessage } from '../signing/dgrk.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import { type CheckedKey, countCall, findKey } from './keys.ts';
import { isRouteOf, segmentsOf } from './paths.ts';
import type { Cause, Refusal, Verdict } from './verdict.ts';

/** What verification works with. */
export interface Dependencies {
  db: Database;
  masterKeys: MasterKeys;
  /** Whose days a key's dates are. */
  timeZone: string;
}

/** A call to an API, as its gateway received it. */
export interface Call {
  method: string;
  /** The request target: path and query. */
  target: string;
  authorization: string | undefined;
  body: Uint8Array | string;
  now: Date;
}

/** The verdict, and for the log what it is really about. */
export interface Finding {
  verdict: Verdict;
  cause: Cause | null;
  /** Also where the verdict does not tell: that a known key's signature is wrong concerns its keepers. */
  keyId: string | null;
}

/**
 * Makes the check of signed calls: DGRK, in digiRunner's order. One SELECT and, for a call that passes on a limited quota,
 * one UPDATE. Neither a secret nor the right signature leaves this file, into an answer, error or log.
 */
export function createVerifier({ db, masterKeys, timeZone }: Dependencies) {
  // Unknown keys are measured against the secret of nobody, so that how long the answer takes does not tell which are known.
  const nobody = 'key_of_nobody';
  const decoy = seal(masterKeys, nobody, newKeyPair().secretKey);

  return async function verifyCall(call: Call): Promise<Finding> {
    const credentials = readCredentials(call.authorization);
    if (!credentials) return refuse('malformed', 'malformed');
    const key = await findKey(db, credentials.apiKey);
    const isSigned = isSignatureOf(masterKeys, key?.id ?? nobody, key ?? decoy, credentials, call.body);
    if (!key) return refuse('unauthorized', 'unknown-key');
    if (!key.client.enabled) return refuse('client-disabled', 'client-disabled', key, isSigned);
    if (!isSigned) return refuse('unauthorized', 'wrong-signature', key, false);
    const reason = reasonAgainst(key, call, timeZone);
    if (reason) return refuse(reason, reason, key);

    const used = key.quota === -1 ? key.used : await countCall(db, key.id);
    if (used === undefined) return refuse('quota-used-up', 'quota-used-up', { ...key, used: key.quota });
    return {
      verdict: { valid: true, reason: null, ...identityOf({ ...key, used }) },
      cause: null,
      keyId: key.id,
    };
  };
}

/** What follows the signature in digiRunner's order of checks. */
function reasonAgainst(key: CheckedKey, { method, target, now }: Call, timeZone: string) {
  if (key.revokedAt) return 'revoked';
  const validity = validityOn(dateIn(timeZone, now), key.effectiveOn, key.expiresOn);
  if (validity !== 'effective') return validity;
  if (key.quota !== -1 && key.used >= key.quota) return 'quota-used-up';
  const segments = segmentsOf(target);
  const isPermitted = segments && key.routes.some((route) => isRouteOf(route, method, segments));
  return isPermitted ? undefined : 'api-not-permitted';
}

/** Compares in constant time; a signature of another length is wrong, and its length no secret. */
function isSignatureOf(
  masterKeys: MasterKeys,
  keyId: string,
  sealed: Sealed,
  { apiKey, signature }: Credentials,
  body: Uint8Array | string,
): boolean {
  const secretKey = open(masterKeys, keyId, sealed);
  const right = createHmac('sha256', secretKey)
    .update(dgrkMessage({ apiKey, secretKey }, body))
    .digest('base64');
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, Buffer.from(right));
}

function refuse(reason: Refusal, cause: Cause, key?: CheckedKey, isSigned = true): Finding {
  const identity = key && isSigned ? identityOf(key) : { key: null, client: null, quota: null };
  return { verdict: { valid: false, reason, ...identity }, cause, keyId: key?.id ?? null };
}

function identityOf({ id, name, client, quota, used }: CheckedKey) {
  return {
    key: { id, name },
    client: { id: client.id, name: client.name },
    quota: { limit: quota, used },
  };
}
