import { eq, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { noticeQuotas } from '../db/key-warnings.ts';
import { keyCalls, keyUses, refusedCalls } from '../db/schema/calls.ts';
import { formerSecrets } from '../db/schema/keys.ts';
import { dateIn } from '../domain/dates.ts';
import type { Scheme } from './credentials.ts';
import type { Cause } from './verdict.ts';
import type { Finding } from './verify.ts';

/** How often what was seen is written. A process that is killed loses that much of it. */
const everyMs = 2_000;
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

  async function write(): Promise<void> {
    const [someUses, someRefused] = [[...uses.values()], [...refused.values()]];
    const [someCalls, someFormer] = [[...calls.values()], [...formerUses.values()]];
    [uses, refused, calls, formerUses] = [new Map(), new Map(), new Map(), new Map()];
    try {
      // Both or neither: what failed is counted again.
      await db.transaction(async (tx) => {
        // In one order everywhere, so that processes that write the same rows never wait for one another in a circle.
        for (const part of chunks(someUses.toSorted(by(({ keyId, scheme }) => `${keyId} ${scheme}`)))) {
          await tx
            .insert(keyUses)
            .values(part)
            .onConflictDoUpdate({
              target: [keyUses.keyId, keyUses.scheme],
              set: { lastAt: sql`greatest(${keyUses.lastAt}, excluded.last_at)` },
            });
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
          await tx
            .insert(keyCalls)
            .values(part)
            .onConflictDoUpdate({
              target: [keyCalls.keyId, keyCalls.day],
              set: {
                passed: sql`${keyCalls.passed} + excluded.passed`,
                refused: sql`${keyCalls.refused} + excluded.refused`,
              },
            });
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
    writing = writing.then(() => (uses.size + refused.size + calls.size > 0 ? write() : undefined));
    return writing;
  }
  const timer = setInterval(() => void flush(), everyMs).unref();

  return {
    record({ cause, keyId, scheme, secret }: Finding, now: Date): void {
      const hour = new Date(Math.floor(now.getTime() / hourMs) * hourMs);
      if (cause) refuse(hour, keyId, cause, 1);
      else if (keyId && scheme) used(keyId, scheme, now);
      if (keyId && secret === 'former') usedFormer(keyId, now);
      if (keyId) count(keyId, dateIn(timeZone, now), cause ? 0 : 1, cause ? 1 : 0);
    },
    flush,
    close(): Promise<void> {
      clearInterval(timer);
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
