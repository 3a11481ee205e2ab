import { and, eq, inArray, sql } from 'drizzle-orm';
import type { AuditEvent } from '../domain/audit.ts';
import { appendAudit } from './audit.ts';
import type { Database } from './database.ts';
import { keyUses } from './schema/calls.ts';
import { keys } from './schema/keys.ts';

/** When each of some keys was last used, by scheme; ISO 8601. */
export async function usesOf(db: Database, keyIds: string[]): Promise<Map<string, Record<string, string>>> {
  const rows = await db.select().from(keyUses).where(inArray(keyUses.keyId, keyIds));
  const uses = new Map<string, Record<string, string>>();
  for (const { keyId, scheme, lastAt } of rows) {
    uses.set(keyId, { ...uses.get(keyId), [scheme]: lastAt.toISOString() });
  }
  return uses;
}

/**
 * Sets the last day on which calls of a key may be signed by DGRK; of a key that there is not, or that has this day already,
 * nothing is changed and nothing told.
 * @param until null for no end
 */
export async function limitDgrk(
  db: Database,
  keyId: string,
  until: string | null,
  event: AuditEvent,
): Promise<void> {
  await db.transaction(async (tx) => {
    const changed = await tx
      .update(keys)
      .set({ dgrkUntil: until, lifeRevision: sql`${keys.lifeRevision} + 1` })
      .where(and(eq(keys.id, keyId), sql`${keys.dgrkUntil} is distinct from ${until}::date`))
      .returning({ id: keys.id });
    if (changed.length > 0) await appendAudit(tx, event);
  });
}
