import { parseArgs } from 'node:util';
import { and, eq, ne } from 'drizzle-orm';
import { readConfig } from '../config.ts';
import type { MasterKeys } from '../crypto/master-keys.ts';
import { open, seal } from '../crypto/secrets.ts';
import { appendAudit } from '../db/audit.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { formerSecrets, keys } from '../db/schema/keys.ts';
import { webhookSecrets } from '../db/schema/webhooks.ts';
import type { Environment } from '../settings.ts';

/** Every table with sealed secrets, by the noun of its audit rows; `id` is what a secret is sealed for. */
const sealedTables = {
  key: { table: keys, id: keys.id },
  'former-secret': { table: formerSecrets, id: formerSecrets.keyId },
  'webhook-secret': { table: webhookSecrets, id: webhookSecrets.id },
} as const;

/**
 * Seals every secret that lies under an older master key with the newest one, row by row: it can be stopped and run
 * again, beside a running service. Afterwards the older master key can be removed from MASTER_KEYS.
 */
export async function keysRewrap(env: Environment, args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args] });
  const { databaseUrl, masterKeys } = readConfig(env);
  const { db, close } = openDatabase(databaseUrl, { maxConnections: 1 });
  try {
    let sealed = 0;
    for (const noun of Object.keys(sealedTables) as (keyof typeof sealedTables)[]) {
      sealed += await rewrap(db, masterKeys, noun);
    }
    console.log(`${sealed} secrets were sealed anew with master key ${masterKeys.current}.`);
    return 0;
  } finally {
    await close();
  }
}

/** @returns how many were sealed anew */
async function rewrap(
  db: Database,
  masterKeys: MasterKeys,
  noun: keyof typeof sealedTables,
): Promise<number> {
  // Drizzle cannot type a query over "one of these tables"; of each the same three columns are used.
  const { table, id: named } = sealedTables[noun] as (typeof sealedTables)['key'];
  const stale = ne(table.masterKeyVersion, masterKeys.current);
  const ids = await db.select({ id: named }).from(table).where(stale);
  let sealed = 0;
  for (const { id } of ids) {
    await db.transaction(async (tx) => {
      const [row] = await tx
        .select({ masterKeyVersion: table.masterKeyVersion, sealedSecret: table.sealedSecret })
        .from(table)
        .where(and(eq(named, id), stale))
        .for('update');
      if (!row) return;
      await tx
        .update(table)
        .set(seal(masterKeys, id, open(masterKeys, id, row)))
        .where(eq(named, id));
      await appendAudit(tx, {
        action: `${noun}.rewrapped`,
        actor: 'keygrant',
        via: null,
        subject: { type: noun, id },
        requestId: null,
        details: { from: row.masterKeyVersion, to: masterKeys.current },
      });
      sealed += 1;
    });
  }
  return sealed;
}
