import type { MasterKeys } from '../crypto/master-keys.ts';
import { newKeyPair, open, seal } from '../crypto/secrets.ts';
import type { Database } from '../db/database.ts';
import { dateIn, validityOn } from '../domain/dates.ts';
import {
  type CredentialFields,
  type Credentials,
  isSignedBy,
  readCredentials,
  type Scheme,
} from './credentials.ts';
import { type CheckedKey, countCall, findKey, type UpstreamRoute } from './keys.ts';
import { SignatureFault, windowSeconds } from './message-signature.ts';
import { spendNonce } from './nonces.ts';
import { mostSpecific, segmentsOf } from './paths.ts';
import { type Cause, type Refusal, refusals, type Verdict } from './verdict.ts';

/** What verification works with. */
export interface Dependencies {
  db: Database;
  masterKeys: MasterKeys;
  /** Whose days a key's dates are. */
  timeZone: string;
  /** Told of every finding; must not wait for anything. */
  record: (finding: Finding, now: Date) => void;
}

/** A call to an API, as its gateway received it. */
export interface Call {
  method: string;
  /** The request target: path and query. */
  target: string;
  /** As they came. */
  fields: CredentialFields;
  body: Uint8Array | string;
  now: Date;
}

/** During a rotation a key has two. */
type WhichSecret = 'current' | 'former';

/** The verdict, and for the log what it is really about. */
export interface Finding {
  verdict: Verdict;
  cause: Cause | null;
  /** What the reason means, in words that help whoever writes the client. */
  words: string;
  /** Also where the verdict does not tell: that a known key's signature is wrong concerns its keepers. */
  keyId: string | null;
  scheme: Scheme | null;
  /** Which of its secrets signed a call that passes. */
  secret: WhichSecret | null;
  /** The API that the call is of; null where it may not pass. */
  route: UpstreamRoute | null;
}

export type VerifyCall = (call: Call) => Promise<Finding>;

/**
 * Makes the check of signed calls, in digiRunner's order. One SELECT; for a message signature that passes one INSERT, of its
 * nonce; for a call that passes on a limited quota one UPDATE. Neither a secret nor the right signature leaves here.
 */
export function createVerifier({ db, masterKeys, timeZone, record }: Dependencies): VerifyCall {
  // Unknown keys are measured against the secret of nobody, so that how long the answer takes does not tell which are known.
  const nobody = 'key_of_nobody';
  const decoy = seal(masterKeys, nobody, newKeyPair().secretKey);

  return async (call) => {
    const finding = await find(call);
    record(finding, call.now);
    return finding;
  };

  async function find(call: Call): Promise<Finding> {
    const { method, target, fields, body, now } = call;
    let credentials: Credentials;
    try {
      credentials = readCredentials({ method, target, hasBody: body.length > 0 }, fields);
    } catch (error) {
      if (!(error instanceof SignatureFault)) throw error;
      return { ...refuse('malformed', 'malformed'), words: error.message };
    }
    const key = await findKey(db, credentials.apiKey);
    const { proof, secret } = prove(key, credentials, body, now);
    if (!key) return refuse('unauthorized', 'unknown-key');
    const isSigned = proof === 'right';
    if (!key.client.enabled) return refuse('client-disabled', 'client-disabled', key, isSigned);
    if (proof !== 'right') return refuse('unauthorized', proof, key, false);
    const today = dateIn(timeZone, now);
    const reason = reasonAgainstSignature(key, credentials, today, now) ?? reasonAgainstKey(key, today);
    if (reason) return refuse(reason, reason, key);
    const segments = segmentsOf(target);
    const route = segments && mostSpecific(key.routes, method, segments);
    if (!route) return refuse('api-not-permitted', 'api-not-permitted', key);

    // Two at once: the second waits here for the first, and finds the nonce spent.
    if (credentials.scheme === 'message' && !(await spendNonce(db, key.id, credentials))) {
      return refuse('replayed', 'replayed', key);
    }
    const used = key.quota === -1 ? key.used : await countCall(db, key.id);
    if (used === undefined) return refuse('quota-used-up', 'quota-used-up', { ...key, used: key.quota });
    return {
      verdict: { valid: true, reason: null, ...identityOf({ ...key, used }) },
      cause: null,
      words: 'It may pass.',
      keyId: key.id,
      scheme: credentials.scheme,
      secret,
      route,
    };
  }

  /**
   * Measures a call against the key's secret, and where that did not sign it against the one before. A failure takes two
   * measurements whatever the key is, unknown or not: so its time tells neither which keys there are nor which are rotated.
   */
  function prove(
    key: CheckedKey | undefined,
    credentials: Credentials,
    body: Call['body'],
    now: Date,
  ): { proof: ReturnType<typeof isSignedBy>; secret: WhichSecret } {
    const proof = isSignedBy(open(masterKeys, key?.id ?? nobody, key ?? decoy), credentials, body);
    if (key && proof === 'right') return { proof, secret: 'current' };
    const former = key?.former && (key.former.endsAt === null || now < key.former.endsAt) ? key.former : null;
    const earlier = isSignedBy(
      open(masterKeys, key && former ? key.id : nobody, former ?? decoy),
      credentials,
      body,
    );
    return former && earlier !== 'wrong-signature'
      ? { proof: earlier, secret: 'former' }
      : { proof, secret: 'current' };
  }
}

/** What a right signature can still lack. */
function reasonAgainstSignature(key: CheckedKey, credentials: Credentials, today: string, now: Date) {
  if (credentials.scheme === 'dgrk') {
    return key.dgrkUntil !== null && key.dgrkUntil < today ? 'dgrk-refused' : undefined;
  }
  const seconds = now.getTime() / 1000;
  const { created, expires = Infinity } = credentials;
  const isInTime = Math.abs(seconds - created) <= windowSeconds && seconds < expires;
  return isInTime ? undefined : 'outside-window';
}

/** What follows the signature in digiRunner's order of checks. */
function reasonAgainstKey(key: CheckedKey, today: string) {
  if (key.suspendedAt) return 'suspended';
  if (key.revokedAt) return 'revoked';
  const validity = validityOn(today, key.effectiveOn, key.expiresOn);
  if (validity !== 'effective') return validity;
  return key.quota !== -1 && key.used >= key.quota ? 'quota-used-up' : undefined;
}

function refuse(reason: Refusal, cause: Cause, key?: CheckedKey, isSigned = true): Finding {
  const identity = key && isSigned ? identityOf(key) : { key: null, client: null, quota: null };
  return {
    verdict: { valid: false, reason, ...identity },
    cause,
    words: refusals[reason],
    keyId: key?.id ?? null,
    scheme: null,
    secret: null,
    route: null,
  };
}

function identityOf({ id, name, client, quota, used }: CheckedKey) {
  return {
    key: { id, name },
    client: { id: client.id, name: client.name },
    quota: { limit: quota, used },
  };
}
