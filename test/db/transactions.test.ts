import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, expect, inject, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';

const { db, close } = openDatabase(inject('stack').ownerUrl, { maxConnections: 2 });
afterAll(close);

// A connection that has been sent a hundred statements is full for postgres.js, which must not be a BEGIN's concern.
const counts = [196, 197, 198, 199, 200];

test.for(counts)(
  'behind %i statements that wait, each transaction has a connection to itself',
  async (count) => {
    const look = sql`select pg_backend_pid() as pid, pg_current_xact_id_if_assigned()::text as transaction`;
    const send = (times: number, statement: SQL) =>
      Array.from({ length: times }, () => db.execute(statement).execute());
    await Promise.all(send(2, look));
    const hanging = send(2, sql`select pg_sleep(0.1)`);
    await nextTurn();
    const waiting = send(count, look);
    await nextTurn();
    const transactions = Array.from({ length: 6 }, () =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_current_xact_id()`);
        const [[first], [second]] = [await tx.execute(look), await tx.execute(look)];
        expect(first).toEqual(second);
        expect(first?.['transaction']).toEqual(expect.any(String));
        return first?.['transaction'];
      }),
    );
    await Promise.all([...hanging, ...waiting]);
    expect(new Set(await Promise.all(transactions)).size).toBe(6);
    for (const [row] of await Promise.all(send(4, look))) expect(row?.['transaction']).toBeNull();
  },
);
