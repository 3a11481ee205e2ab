import type { MasterKeys } from '../crypto/master-keys.ts';
import { newKeyPair, open, seal } from '../crypto/secrets.ts';
import type { ChangeFeed } from '../db/changes.ts';
import type { Database } from '../db/database.ts';
import { createFreshCache } from '../db/fresh-cache.ts';
import { validityOn } from '../domain/dates.ts';
import type { Words } from '../domain/languages.ts';
import {
  type CredentialFields,
  type Credentials,
  isSignedBy,
  readCredentials,
  type Scheme,
  type SigningSecret,
  signingSecret,
} from './credentials.ts';
import { daysIn } from './days.ts';
import { type CheckedKey, findKey, type UpstreamRoute } from './keys.ts';
import { SignatureFault, windowSeconds } from './message-signature.ts';
import { createNonces } from './nonces.ts';
import { mostSpecific, segmentsOf } from './paths.ts';
import { createQuota } from './quota.ts';
import { type Cause, type Refusal, refusals, type Verdict } from './verdict.ts';

/** What verification works with. */
export interface Dependencies {
  db: Database;
  masterKeys: MasterKeys;
  /** Vouches for cached keys; without it nothing is cached. */
  changes: ChangeFeed | undefined;
  /** How many keys are kept. */
  cachedKeys: number;
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
  words: Words;
  /** Also where the verdict does not tell: that a known key's signature is wrong concerns its keepers. */
  keyId: string | null;
  /** The public half; null where the call did not pass. */
  apiKey: string | null;
  scheme: Scheme | null;
  /** Which of its secrets signed a call that passes. */
  secret: WhichSecret | null;
  /** The API that the call is of; null where it may not pass. */
  route: UpstreamRoute | null;
}

export interface CallVerifier {
  verify(call: Call): Promise<Finding>;
  /** Gives a call back that passed and never reached its upstream. */
  giveBack(finding: Finding): Promise<void>;
}

/** A key with its secrets opened; where there is no such key, or no earlier secret, with those of nobody. */
interface OpenedKey<Row = CheckedKey> {
  /** As it was read; how much is used of its quota is kept up with what is counted here. */
  row: Row;
  secret: SigningSecret;
  former: SigningSecret;
}

/**
 * Makes the check of signed calls, in digiRunner's order. A key is read once and kept for as long as `changes` vouches for it; a
 * message signature that passes costs its share of an INSERT of nonces, a call that passes on a limited quota its share of an
 * UPDATE. Neither a secret nor the right signature leaves here.
 */
export function createVerifier(dependencies: Dependencies): CallVerifier {
  const { db, masterKeys, changes, cachedKeys, timeZone, record } = dependencies;
  const keys = createFreshCache<OpenedKey>('key', cachedKeys, changes);
  const quota = createQuota(db);
  const spendNonce = createNonces(db);
  // Unknown keys are measured against the secret of nobody, so that how long the answer takes does not tell which are known.
  const nobody = 'key_of_nobody';
  const decoy = seal(masterKeys, nobody, newKeyPair().secretKey);
  const nobodys = signingSecret(newKeyPair().apiKey, open(masterKeys, nobody, decoy));
  const dayOf = daysIn(timeZone);

  return {
    async verify(call) {
      const finding = await find(call);
      record(finding, call.now);
      return finding;
    },
    async giveBack({ keyId, apiKey, verdict }) {
      if (keyId === null || apiKey === null || verdict.quota?.limit === -1) return;
      await quota.giveBack(keyId);
      // Where its last call was given back, it is read again.
      keys.drop(apiKey);
    },
  };

  /** Reads and opens a key. Where there is none of that name, the same is done, and nothing kept. */
  async function read(apiKey: string): Promise<OpenedKey<CheckedKey | undefined>> {
    let opened: OpenedKey<CheckedKey | undefined> | undefined;
    const kept = await keys.read(apiKey, async () => {
      const row = await findKey(db, apiKey);
      const earlier = row?.former;
      const former = open(masterKeys, row && earlier ? row.id : nobody, earlier ?? decoy);
      const secrets = {
        secret: signingSecret(apiKey, open(masterKeys, row?.id ?? nobody, row ?? decoy)),
        former: earlier ? signingSecret(apiKey, former) : nobodys,
      };
      opened = { row, ...secrets };
      return row && { row, ...secrets };
    });
    return kept ?? (opened as OpenedKey<undefined>);
  }

  async function find(call: Call): Promise<Finding> {
    const { method, target, fields, body, now } = call;
    let credentials: Credentials;
    try {
      credentials = readCredentials({ method, target, hasBody: body.length > 0 }, fields);
    } catch (error) {
      if (!(error instanceof SignatureFault)) throw error;
      return { ...refuse('malformed', 'malformed'), words: error.words };
    }
    const { apiKey, scheme } = credentials;
    const kept = keys.get(apiKey);
    let found = kept ?? (await read(apiKey));
    let { proof, secret } = prove(found, credentials, body, now);
    if (kept && proof !== 'right') {
      // An unknown key is looked up each time, so a wrong signature is, too: else its time would tell that the key is known.
      found = await read(apiKey);
      if (!isSame(kept, found)) ({ proof, secret } = prove(found, credentials, body, now));
    }
    const key = found.row;
    if (!key) return refuse('unauthorized', 'unknown-key');
    const isSigned = proof === 'right';
    if (!key.client.enabled) return refuse('client-disabled', 'client-disabled', key, isSigned);
    if (proof !== 'right') return refuse('unauthorized', proof, key, false);
    const today = dayOf(now);
    const reason = reasonAgainstSignature(key, credentials, today, now) ?? reasonAgainstKey(key, today);
    if (reason) return refuse(reason, reason, key);
    const segments = segmentsOf(target);
    const route = segments && mostSpecific(key.routes, method, segments);
    if (!route) return refuse('api-not-permitted', 'api-not-permitted', key);

    // Two at once: the second waits here for the first, and finds the nonce spent.
    if (credentials.scheme === 'message' && !(await spendNonce({ keyId: key.id, ...credentials }))) {
      return refuse('replayed', 'replayed', key);
    }
    let { used } = key;
    if (key.quota !== -1) {
      const counted = await quota.count(key.id);
      // What is kept of it only ever refuses what would be refused anyway, and forgets it when any call is given back.
      key.used = Math.max(key.used, counted ?? key.quota);
      if (counted === undefined) return refuse('quota-used-up', 'quota-used-up', key);
      used = counted;
    }
    return {
      verdict: { valid: true, reason: null, ...identityOf(key, used) },
      cause: null,
      words: { en: 'It may pass.', 'zh-TW': '可以通過。' },
      keyId: key.id,
      apiKey,
      scheme,
      secret,
      route,
    };
  }

  /**
   * Measures a call against the key's secret, and where that did not sign it against the one before. A failure takes two
   * measurements whatever the key is, unknown or not: so its time tells neither which keys there are nor which are rotated.
   */
  function prove(
    { row: key, secret, former }: OpenedKey<CheckedKey | undefined>,
    credentials: Credentials,
    body: Call['body'],
    now: Date,
  ): { proof: ReturnType<typeof isSignedBy>; secret: WhichSecret } {
    const proof = isSignedBy(secret, credentials, body);
    if (key && proof === 'right') return { proof, secret: 'current' };
    const isValid = Boolean(key?.former && (key.former.endsAt === null || now < key.former.endsAt));
    const earlier = isSignedBy(former, credentials, body);
    return isValid && earlier !== 'wrong-signature'
      ? { proof: earlier, secret: 'former' }
      : { proof, secret: 'current' };
  }
}

function isSame(one: OpenedKey, other: OpenedKey<CheckedKey | undefined>): boolean {
  return one.secret.names.equals(other.secret.names) && one.former.names.equals(other.former.names);
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
    apiKey: null,
    scheme: null,
    secret: null,
    route: null,
  };
}

function identityOf({ id, name, client, quota, ...key }: CheckedKey, used = key.used) {
  return {
    key: { id, name },
    client: { id: client.id, name: client.name },
    quota: { limit: quota, used },
  };
}
