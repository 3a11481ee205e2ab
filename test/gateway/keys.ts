import { newId } from '../../src/crypto/ids.ts';
import { newKeyPair, seal } from '../../src/crypto/secrets.ts';
import { applications } from '../../src/db/schema/applications.ts';
import { keyApis, keys } from '../../src/db/schema/keys.ts';
import { day } from '../support/applications.ts';
import type { Keygrant } from '../support/keygrant.ts';

/** A key as a test wants it; what it leaves out is that of a key in use. */
export interface Wanted {
  apiKey?: string;
  secretKey?: string;
  quota?: number;
  used?: number;
  clientId?: string;
  effectiveOn?: string;
  expiresOn?: string;
  revokedAt?: Date;
  expirySetAt?: Date;
  apiIds?: string[];
}

/** Puts a key into the database as its issue would: sealed, for an application that was delivered. */
export async function insertKey({ db, config }: Keygrant, wanted: Wanted = {}) {
  const { apiKey, secretKey } = { ...newKeyPair(), ...wanted };
  // Of its own: workflows carry the ids, and tests that run side by side share a Temporal server.
  const [id, applicationId] = [newId('key'), newId('application')];
  const { clientId = 'acme', effectiveOn = day(-1), expiresOn = day(30), quota = -1 } = wanted;
  // Its flow is that of the seed; only what has left its applicant's hands names one.
  await db.insert(applications).values({
    id: applicationId,
    applicantId: 'ada',
    clientId,
    keyName: 'Orders',
    description: '',
    effectiveOn,
    expiresOn,
    quota,
    state: 'delivered',
    digest: '-',
    flowId: 'default',
    flowVersion: 1,
  });
  await db.insert(keys).values({
    id,
    applicationId,
    clientId,
    name: 'Orders',
    apiKey,
    ...seal(config.masterKeys, id, secretKey),
    effectiveOn,
    expiresOn,
    quota,
    used: wanted.used ?? 0,
    revokedAt: wanted.revokedAt ?? null,
    ...(wanted.expirySetAt ? { expirySetAt: wanted.expirySetAt } : {}),
  });
  const apiIds = wanted.apiIds ?? ['orders-list', 'orders-create'];
  await db.insert(keyApis).values(apiIds.map((apiId) => ({ keyId: id, apiId })));
  return { id, apiKey, secretKey };
}
