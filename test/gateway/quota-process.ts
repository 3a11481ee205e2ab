import { parseMasterKeys } from '../../src/crypto/master-keys.ts';
import { openChangeFeed } from '../../src/db/changes.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createVerifier } from '../../src/gateway/verify.ts';

// A process that has calls verified as fast as it can, and says of each what became of it; test/gateway/quota.test.ts kills it.
const { DATABASE_URL = '', MASTER_KEYS = '', AUTHORIZATION: authorization = '', AT_ONCE = '8' } = process.env;
const { db } = openDatabase(DATABASE_URL);
const changes = openChangeFeed(DATABASE_URL);
const masterKeys = parseMasterKeys(MASTER_KEYS);
const verifier = createVerifier({
  db,
  masterKeys,
  timeZone: 'UTC',
  changes,
  cachedKeys: 100,
  record: () => {},
});

async function call(): Promise<boolean> {
  const asked = { method: 'GET', target: '/orders', fields: { authorization }, body: '', now: new Date() };
  const { verdict } = await verifier.verify(asked);
  process.send?.({ reason: verdict.reason, used: verdict.quota?.used });
  return verdict.valid;
}

await Promise.all(
  Array.from({ length: Number(AT_ONCE) }, async () => {
    while (await call());
  }),
);
process.exit(0);
