import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eq, sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { keys } from '../../src/db/schema/keys.ts';
import { createQuota } from '../../src/gateway/quota.ts';
import { dgrkAuthorization } from '../../src/signing/index.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { insertKey } from './keys.ts';

const keygrant = await startKeygrant({ worker: false });
const { db, config } = keygrant;
const usedOf = async (id: string) => (await db.select().from(keys).where(eq(keys.id, id)))[0]?.used;

/** Starts a process that calls until nothing is left, `atOnce` at a time. */
function startCaller(authorization: string, atOnce: number) {
  const [version, key] = [...config.masterKeys.byVersion][0] ?? [];
  const env = {
    ...process.env,
    DATABASE_URL: config.databaseUrl,
    MASTER_KEYS: `${version}:${key?.toString('base64')}`,
    AUTHORIZATION: authorization,
    AT_ONCE: String(atOnce),
  };
  const file = fileURLToPath(new URL('quota-process.ts', import.meta.url));
  const child: ChildProcess = fork(file, { env, execArgv: ['--import', 'tsx'] });
  const answers: { reason: string | null; used: number }[] = [];
  child.on('message', (answer) => answers.push(answer as (typeof answers)[0]));
  return {
    child,
    answers,
    passed: () => answers.filter(({ reason }) => reason === null).map(({ used }) => used),
    ended: once(child, 'close'),
  };
}

test('of a quota exactly as many pass over several processes; one that is killed has counted at most what it was about to answer', async () => {
  const quota = 3_000;
  const atOnce = 8;
  const pair = await insertKey(keygrant, { quota });
  const authorization = await dgrkAuthorization(pair);
  const callers = Array.from({ length: 3 }, () => startCaller(authorization, atOnce));
  const [victim, ...others] = callers as [(typeof callers)[0], ...typeof callers];
  // In the middle of its work.
  while (victim.passed().length < 100) await once(victim.child, 'message');
  victim.child.kill('SIGKILL');
  await Promise.all(callers.map(({ ended }) => ended));

  const passed = callers.flatMap((each) => each.passed());
  // No two were told the same place, and no place is beyond the limit.
  expect(new Set(passed).size).toBe(passed.length);
  expect(Math.max(...passed)).toBe(quota);
  expect(passed.length).toBeGreaterThanOrEqual(quota - atOnce);
  expect(victim.passed().length).toBeLessThan(quota / 2);
  expect(await usedOf(pair.id)).toBe(quota);
  for (const { answers } of others) expect(answers.at(-1)).toEqual({ reason: 'quota-used-up', used: quota });
});

test('whatever is asked of whichever process, in whatever order, as many pass as are left', async () => {
  const second = openDatabase(config.databaseUrl);
  const processes = [createQuota(db), createQuota(second.db)] as const;
  const quotaOf = (process: number) => (process === 0 ? processes[0] : processes[1]);
  try {
    const ids = await Promise.all([1, 2, 3].map(async () => (await insertKey(keygrant, { quota: 1 })).id));
    const step = fc.record({
      key: fc.nat(2),
      process: fc.nat(1),
      calls: fc.integer({ min: 1, max: 30 }),
      givenBack: fc.nat(3),
      pause: fc.boolean(),
    });
    const limits = fc.tuple(...ids.map(() => fc.integer({ min: 1, max: 60 })));
    await fc.assert(
      fc.asyncProperty(limits, fc.array(step, { maxLength: 12 }), async (quotas, steps) => {
        for (const [at, id] of ids.entries())
          await db
            .update(keys)
            .set({ quota: quotas[at] ?? 1, used: 0 })
            .where(eq(keys.id, id));
        const passed = [0, 0, 0];
        const asked = [0, 0, 0];
        const under: Promise<unknown>[] = [];
        for (const { key, process, calls, givenBack, pause } of steps) {
          const counting = Array.from({ length: calls }, () => quotaOf(process).count(ids[key] ?? ''));
          asked[key] = (asked[key] ?? 0) + calls;
          under.push(
            Promise.all(counting).then(async (answers) => {
              const fine = answers.filter((answer) => answer !== undefined).length;
              const back = Math.min(givenBack, fine);
              passed[key] = (passed[key] ?? 0) + fine - back;
              for (let each = 0; each < back; each += 1) await quotaOf(process).giveBack(ids[key] ?? '');
            }),
          );
          if (pause) await Promise.all(under);
        }
        await Promise.all(under);
        for (const [at, id] of ids.entries()) {
          expect(await usedOf(id)).toBe(passed[at]);
          expect(passed[at]).toBeLessThanOrEqual(quotas[at] ?? 0);
          const [, left] = [passed[at], (quotas[at] ?? 0) - (passed[at] ?? 0)];
          // What is left can be called, to the last.
          const rest = await Promise.all(Array.from({ length: left + 2 }, () => quotaOf(at % 2).count(id)));
          expect(rest.filter((answer) => answer !== undefined)).toHaveLength(left);
        }
      }),
      { numRuns: 25 },
    );
  } finally {
    await second.close();
  }
});

test('a key whose row somebody holds keeps no call of another key waiting', async () => {
  const [held, free] = [await insertKey(keygrant, { quota: 5 }), await insertKey(keygrant, { quota: 5 })];
  const quota = createQuota(db);
  let waiting: Promise<unknown> | undefined;
  await db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from keys where id = ${held.id} for update`);
    const counted = [quota.count(held.id), quota.count(free.id), quota.count(held.id)];
    waiting = Promise.all([counted[0], counted[2]]);
    expect(await counted[1]).toBe(1);
    expect(await quota.count(free.id)).toBe(2);
  });
  expect(await waiting).toEqual([1, 2]);
});

test('what is given back while calls wait for the row is theirs, and nothing fails', async () => {
  const { id } = await insertKey(keygrant, { quota: 40, used: 40 });
  const quota = createQuota(db);
  let waiting: Promise<unknown> | undefined;
  await db.transaction(async (tx) => {
    await tx.update(keys).set({ used: 37 }).where(eq(keys.id, id));
    waiting = Promise.all(Array.from({ length: 9 }, () => quota.count(id)));
    await eventually(async () => {
      const [found] = await db.execute<{ waiting: number }>(
        sql`select count(*)::int as waiting from pg_locks where not granted`,
      );
      return (found?.waiting ?? 0) > 0 || undefined;
    });
  });
  expect(await waiting).toEqual([38, 39, 40, ...Array(6).fill(undefined)]);
  expect(await usedOf(id)).toBe(40);
});

test('a limit that is lifted meanwhile counts nothing more', async () => {
  const { id } = await insertKey(keygrant, { quota: -1 });
  expect(await createQuota(db).count(id)).toBe(0);
  expect(await usedOf(id)).toBe(0);
});
