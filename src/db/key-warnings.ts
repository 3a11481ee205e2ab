import { and, eq, inArray, notExists, sql } from 'drizzle-orm';
import type { Queryable, Transaction } from './database.ts';
import { keys, keyWarnings } from './schema/keys.ts';

/** What was warned of about a key as it is now. */
export async function warningsOf(
  db: Queryable,
  keyId: string,
  kind: 'expiry' | 'quota',
  about: string,
): Promise<(typeof keyWarnings.$inferSelect)[]> {
  return db
    .select()
    .from(keyWarnings)
    .where(and(eq(keyWarnings.keyId, keyId), eq(keyWarnings.kind, kind), eq(keyWarnings.about, about)))
    .orderBy(keyWarnings.at, keyWarnings.threshold);
}

/**
 * Has the workflows of those keys look whose limited quota has come to a mark that nobody was warned of. Asked when calls are
 * written down, every few seconds: calls themselves write nothing.
 * @param percents marks, in percent of the limit
 */
export async function noticeQuotas(
  tx: Transaction,
  keyIds: readonly string[],
  percents: readonly number[],
): Promise<void> {
  if (keyIds.length === 0 || percents.length === 0) return;
  const reached = percents.map((percent) =>
    and(
      sql`${keys.used}::bigint * 100 >= ${keys.quota}::bigint * ${percent}::int`,
      notExists(
        tx
          .select({ one: sql`1` })
          .from(keyWarnings)
          .where(
            and(
              eq(keyWarnings.keyId, keys.id),
              eq(keyWarnings.kind, 'quota'),
              eq(keyWarnings.about, sql`${keys.quota}::text`),
              eq(keyWarnings.threshold, percent),
            ),
          ),
      ),
    ),
  );
  // What another process is just noticing needs no second look.
  const noticed = tx
    .select({ id: keys.id })
    .from(keys)
    .where(
      and(
        inArray(keys.id, [...keyIds]),
        sql`${keys.quota} > 0 and not ${keys.attention} and ${keys.revokedAt} is null`,
        sql`(${sql.join(
          reached.map((each) => sql`(${each})`),
          sql` or `,
        )})`,
      ),
    )
    .for('update', { skipLocked: true });
  await tx.update(keys).set({ attention: true }).where(inArray(keys.id, noticed));
}
