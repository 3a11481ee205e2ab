import { and, eq, gt, ne, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { keys } from '../db/schema/keys.ts';
import { inBatches } from './batches.ts';

/** Counts calls of keys with a limited quota. */
export interface Quota {
  /** @returns how many have passed with this one; undefined when none was left */
  count(keyId: string): Promise<number | undefined>;
  /** Gives one call back that never reached its upstream. Where the quota has no limit any more, none was counted. */
  giveBack(keyId: string): Promise<void>;
}

/** How many calls of a key were asked for at once, how many of them pass, and how many have passed then. */
type Taken = { id: string; granted: number; used: number };

/**
 * Counts by one guarded UPDATE for all calls that wait at the moment, of whichever keys: exact, however many processes ask
 * and whichever of them dies. Nothing is taken in advance, so nothing has to come back: a process that is killed has counted
 * at most the calls that it was about to answer.
 */
export function createQuota(db: Database): Quota {
  /** Rows that somebody else holds: only calls of their keys wait for them, by one connection. */
  const countPatiently = inBatches<string, number | undefined>(async (keyIds) => {
    const taken = await take(tally(keyIds), false);
    return places(keyIds, taken, () => undefined);
  });
  const count = inBatches<string, number | undefined>(async (keyIds) => {
    const taken = await take(tally(keyIds), true);
    return places(keyIds, taken, countPatiently);
  });

  async function take(asked: ReadonlyMap<string, number>, skipping: boolean): Promise<Map<string, Taken>> {
    const wanted = JSON.stringify([...asked].map(([id, calls]) => ({ id, calls })));
    // In one order everywhere, so that processes never wait for one another in a circle. What is added is computed from the
    // row that is written, not from the one that was locked: PostgreSQL checks the constraint on the version that the
    // statement saw first too, and with the difference to another version it would exceed the limit.
    const rows = await db.execute<Taken & Record<string, unknown>>(sql`
      with held as (
        select k.id, k.used as before, a.calls
        from keys k join jsonb_to_recordset(${wanted}::text::jsonb) as a (id text, calls int) on a.id = k.id
        order by k.id for update of k ${sql.raw(skipping ? 'skip locked' : '')})
      update keys k
      set used = k.used + case when k.quota = -1 then 0 else least(held.calls, k.quota - k.used) end
      from held where k.id = held.id
      returning k.id, case when k.quota = -1 then held.calls else k.used - held.before end as granted, k.used`);
    return new Map(rows.map((row) => [row.id, row]));
  }

  return {
    count,
    async giveBack(keyId) {
      await db
        .update(keys)
        .set({ used: sql`${keys.used} - 1` })
        .where(and(eq(keys.id, keyId), ne(keys.quota, -1), gt(keys.used, 0)));
    },
  };
}

function tally(keyIds: readonly string[]): Map<string, number> {
  const calls = new Map<string, number>();
  for (const id of keyIds) calls.set(id, (calls.get(id) ?? 0) + 1);
  return calls;
}

/** What each call is told: of a key's calls the first ones pass, and they are the last that have been counted. */
function places<T>(
  keyIds: readonly string[],
  taken: ReadonlyMap<string, Taken>,
  otherwise: (keyId: string) => T,
) {
  const given = new Map<string, number>();
  return keyIds.map((id) => {
    const row = taken.get(id);
    if (!row) return otherwise(id);
    const nth = (given.get(id) ?? 0) + 1;
    given.set(id, nth);
    return nth <= row.granted ? row.used - row.granted + nth : undefined;
  });
}
