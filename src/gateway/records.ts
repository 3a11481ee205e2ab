import { eq, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { noticeQuotas } from '../db/key-warnings.ts';
import { keyCalls, keyUses, refusedCalls } from '../db/schema/calls.ts';
import { formerSecrets } from '../db/schema/keys.ts';
import type { Scheme } from './credentials.ts';
import { daysIn } from './days.ts';
import type { Cause } from './verdict.ts';
import type { Finding } from './verify.ts';

/** How often what was seen is written. A process that is killed loses that much of it. */
const everyMs = 2_000;
/** With many keys a write takes long: it gets a twentieth of the time, but comes twice a minute. */
const shareOfTime = 20;
const mostMs = 30_000;
const hourMs = 3_600_000;

/**
 * Remembers when keys were last used and what was refused, and writes it every few seconds, so that no call costs a write of
 * its own. What is remembered is bounded by the number of keys: nothing in it is the choice of a stranger.
 * @param timeZone whose days calls are counted by
 * @param quotaWarnings at how many percent of a quota its key's workflow is told to look
 * @param failed told when a write did not succeed; it is tried again with the next
 */
export function createCallRecords(
  db: Database,
  { timeZone, quotaWarnings }: { timeZone: string; quotaWarnings: readonly number[] },
  failed: (error: unknown) => void,
) {
  let uses = new Map<string, { keyId: string; scheme: Scheme; lastAt: Date }>();
  let refused = new Map<string, { hour: Date; keyId: string | null; cause: Cause; calls: number }>();
  /** Calls that have passed, by key: how many on which day, and when the last of each scheme was. */
  let passes = new Map<string, { day: string; calls: number } & Record<Scheme, number>>();
  const dayOf = daysIn(timeZone);
  /** Calls by key and day. */
  let calls = new Map<string, { keyId: string; day: string; passed: number; refused: number }>();
  /** When the secret before a rotation last signed a call that passed, by key. */
  let formerUses = new Map<string, { keyId: string; at: Date }>();
  let writing = Promise.resolve();

  function used(keyId: string, scheme: Scheme, lastAt: Date): void {
    const name = `${keyId} ${scheme}`;
    const known = uses.get(name);
    if (!known || known.lastAt < lastAt) uses.set(name, { keyId, scheme, lastAt });
  }

  function refuse(hour: Date, keyId: string | null, cause: Cause, times: number): void {
    const name = `${hour.getTime()} ${keyId} ${cause}`;
    refused.set(name, { hour, keyId, cause, calls: times + (refused.get(name)?.calls ?? 0) });
  }

  function count(keyId: string, day: string, passed: number, refusals: number): void {
    const name = `${keyId} ${day}`;
    const known = calls.get(name) ?? { keyId, day, passed: 0, refused: 0 };
    calls.set(name, { ...known, passed: known.passed + passed, refused: known.refused + refusals });
  }

  function usedFormer(keyId: string, at: Date): void {
    const known = formerUses.get(keyId);
    if (!known || known.at < at) formerUses.set(keyId, { keyId, at });
  }

  /** Moves what has passed to the rest: by itself it is one look in a map and two numbers a call. */
  function gather(): void {
    const some = passes;
    passes = new Map();
    for (const [keyId, { day, calls: passed, dgrk, message }] of some) {
      if (dgrk > 0) used(keyId, 'dgrk', new Date(dgrk));
      if (message > 0) used(keyId, 'message', new Date(message));
      count(keyId, day, passed, 0);
    }
  }

  function pass(keyId: string, scheme: Scheme, now: Date): void {
    const day = dayOf(now);
    let known = passes.get(keyId);
    if (!known || known.day !== day) {
      // Over midnight.
      if (known) gather();
      passes.set(keyId, (known = { day, calls: 0, dgrk: 0, message: 0 }));
    }
    known.calls += 1;
    known[scheme] = Math.max(known[scheme], now.getTime());
  }

  async function write(): Promise<void> {
    const [someUses, someRefused] = [[...uses.values()], [...refused.values()]];
    const [someCalls, someFormer] = [[...calls.values()], [...formerUses.values()]];
    [uses, refused, calls, formerUses] = [new Map(), new Map(), new Map(), new Map()];
    try {
      // Both or neither: what failed is counted again.
      await db.transaction(async (tx) => {
        // In one order everywhere, so that processes that write the same rows never wait for one another in a circle.
        // As one parameter: for thousands of rows drizzle takes longer to write the statement than PostgreSQL to run it.
        const rowsOf = (rows: readonly unknown[]) => sql`${JSON.stringify(rows)}::text::jsonb`;
        for (const part of chunks(someUses.toSorted(by(({ keyId, scheme }) => `${keyId} ${scheme}`)))) {
          await tx.execute(sql`
            insert into ${keyUses} as known (key_id, scheme, last_at)
            select "keyId", scheme, "lastAt"
            from jsonb_to_recordset(${rowsOf(part)}) as row ("keyId" text, scheme text, "lastAt" timestamptz)
            on conflict (key_id, scheme) do update set last_at = greatest(known.last_at, excluded.last_at)`);
        }
        for (const part of chunks(someRefused.toSorted(by(nameOf)))) {
          await tx
            .insert(refusedCalls)
            .values(part)
            .onConflictDoUpdate({
              target: [refusedCalls.hour, refusedCalls.keyId, refusedCalls.cause],
              set: { calls: sql`${refusedCalls.calls} + excluded.calls` },
            });
        }
        for (const part of chunks(someCalls.toSorted(by(({ keyId, day }) => `${keyId} ${day}`)))) {
          await tx.execute(sql`
            insert into ${keyCalls} as known (key_id, day, passed, refused)
            select "keyId", day, passed, refused
            from jsonb_to_recordset(${rowsOf(part)}) as row ("keyId" text, day date, passed bigint, refused bigint)
            on conflict (key_id, day) do update
            set passed = known.passed + excluded.passed, refused = known.refused + excluded.refused`);
        }
        for (const { keyId, at } of someFormer.toSorted(by(({ keyId }) => keyId))) {
          const lastUsedAt = sql`greatest(${formerSecrets.lastUsedAt}, ${at.toISOString()}::timestamptz)`;
          await tx.update(formerSecrets).set({ lastUsedAt }).where(eq(formerSecrets.keyId, keyId));
        }
        const counted = someCalls.filter(({ passed }) => passed > 0).map(({ keyId }) => keyId);
        for (const part of chunks(counted)) await noticeQuotas(tx, part, quotaWarnings);
      });
    } catch (error) {
      for (const { keyId, scheme, lastAt } of someUses) used(keyId, scheme, lastAt);
      for (const each of someRefused) refuse(each.hour, each.keyId, each.cause, each.calls);
      for (const { keyId, day, passed, refused: refusals } of someCalls) count(keyId, day, passed, refusals);
      for (const { keyId, at } of someFormer) usedFormer(keyId, at);
      failed(error);
    }
  }

  /** Writes what has been seen until now. */
  function flush(): Promise<void> {
    writing = writing.then(() => {
      gather();
      return uses.size + refused.size + calls.size > 0 ? write() : undefined;
    });
    return writing;
  }
  let closed = false;
  let timer: NodeJS.Timeout;
  const plan = (afterMs: number) => {
    timer = setTimeout(() => {
      const began = performance.now();
      void flush().then(() => {
        if (!closed) plan(Math.min(mostMs, Math.max(everyMs, shareOfTime * (performance.now() - began))));
      });
    }, afterMs).unref();
  };
  plan(everyMs);

  return {
    record({ cause, keyId, scheme, secret }: Finding, now: Date): void {
      if (!cause && keyId && scheme) pass(keyId, scheme, now);
      else {
        if (cause) refuse(new Date(Math.floor(now.getTime() / hourMs) * hourMs), keyId, cause, 1);
        if (keyId) count(keyId, dayOf(now), cause ? 0 : 1, cause ? 1 : 0);
      }
      if (keyId && secret === 'former') usedFormer(keyId, now);
    },
    flush,
    close(): Promise<void> {
      closed = true;
      clearTimeout(timer);
      return flush();
    },
  };
}

const nameOf = ({ hour, keyId, cause }: { hour: Date; keyId: string | null; cause: string }) =>
  `${hour.toISOString()} ${keyId} ${cause}`;

function by<T>(name: (of: T) => string) {
  return (a: T, b: T) => (name(a) < name(b) ? -1 : 1);
}

/** PostgreSQL takes 65,535 parameters in one statement. */
function* chunks<T>(rows: readonly T[], size = 5000): Generator<T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
