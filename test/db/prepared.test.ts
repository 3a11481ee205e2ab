import { sql } from 'drizzle-orm';
import { afterAll, expect, inject, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';

const { db, close } = openDatabase(inject('stack').ownerUrl, { maxConnections: 1 });
afterAll(close);

test('a statement is prepared once, in transactions too, and then only executed', async () => {
  const look = (given: number) => sql`select ${given}::int + 1 as more`;
  for (const given of [1, 2, 3]) expect([...(await db.execute(look(given)))]).toEqual([{ more: given + 1 }]);
  await db.transaction(async (tx) => {
    await tx.execute(look(4));
    await tx.transaction(async (inner) => inner.execute(look(5)));
  });
  const prepared = await db.execute(sql`
    select generic_plans + custom_plans as executions from pg_prepared_statements where statement like '%+ 1 as more'`);
  expect([...prepared]).toEqual([{ executions: '5' }]);
});
