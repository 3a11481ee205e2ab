import { parseArgs } from 'node:util';
import { and, eq, ne } from 'drizzle-orm';
import { readConfig } from '../config.ts';
import { open, seal } from '../crypto/secrets.ts';
import { appendAudit } from '../db/audit.ts';
import { openDatabase } from '../db/database.ts';
import { keys } from '../db/schema/keys.ts';
import type { Environment } from '../settings.ts';

/**
 * Seals every secret that lies under an older master key with the newest one, row by row: it can be stopped and run
 * again, beside a running service. Afterwards the older master key can be removed from MASTER_KEYS.
 */
export async function keysRewrap(env: Environment, args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args] });
  const { databaseUrl, masterKeys } = readConfig(env);
  const { db, close } = openDatabase(databaseUrl, { maxConnections: 1 });
  try {
    const stale = ne(keys.masterKeyVersion, masterKeys.current);
    const ids = await db.select({ id: keys.id }).from(keys).where(stale);
    let sealed = 0;
    for (const { id } of ids) {
      await db.transaction(async (tx) => {
        const [key] = await tx
          .select()
          .from(keys)
          .where(and(eq(keys.id, id), stale))
          .for('update');
        if (!key) return;
        await tx
          .update(keys)
          .set(seal(masterKeys, id, open(masterKeys, id, key)))
          .where(eq(keys.id, id));
        await appendAudit(tx, {
          action: 'key.rewrapped',
          actor: 'keygrant',
          via: null,
          subject: { type: 'key', id },
          requestId: null,
          details: { from: key.masterKeyVersion, to: masterKeys.current },
        });
        sealed += 1;
      });
    }
    console.log(`${sealed} secrets were sealed anew with master key ${masterKeys.current}.`);
    return 0;
  } finally {
    await close();
  }
}
