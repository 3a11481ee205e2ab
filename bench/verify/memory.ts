import { sql } from 'drizzle-orm';
import { readConfig } from '../../src/config.ts';
import { openChangeFeed } from '../../src/db/changes.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createVerifier } from '../../src/gateway/verify.ts';

// What kept keys take of memory: has each key of a database checked once, by a signature of nobody, which keeps it, too.

const { databaseUrl, masterKeys, timeZone } = readConfig(process.env);
const { db } = openDatabase(databaseUrl);
const changes = openChangeFeed(databaseUrl);
const verifier = createVerifier({
  db,
  masterKeys,
  timeZone,
  changes,
  cachedKeys: 10_000_000,
  record: () => {},
});
const call = (apiKey: string) =>
  verifier.verify({
    method: 'GET',
    target: '/orders',
    fields: { authorization: `DGRK ${apiKey}.${'A'.repeat(43)}=` },
    body: '',
    now: new Date(),
  });

/** Bytes in use after a collection, those outside of the heap included. */
function inUse(): number {
  for (let time = 0; time < 3; time += 1) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const rows = await db.execute<{ api_key: string }>(sql`select api_key from keys order by id`);
const names = rows.map((row) => row.api_key);
while (!changes.isTrusted()) await new Promise((resolve) => setTimeout(resolve, 10));
// What is made once, statements and code, is made before.
for (const name of names.splice(0, 500)) await call(name);
const before = inUse();
const count = names.length;
while (names.length > 0) await Promise.all(names.splice(0, 50).map(call));
process.send?.({ keys: count, bytes: inUse() - before });
