import { sql } from 'drizzle-orm';
import type { Database } from '../../src/db/database.ts';

/** A fingerprint of every row of every table: the same before and after means that nothing was written. */
export async function everyRow(db: Database): Promise<Record<string, unknown>> {
  const tables = await db.execute<{ name: string }>(
    sql`select relname as name from pg_stat_user_tables where schemaname = 'public' order by 1`,
  );
  const prints = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = sql.raw(`(select t::text as line from ${name} t) lines`);
      const [print] = await db.execute(
        sql`select count(*), md5(string_agg(line, '|' order by line)) from ${rows}`,
      );
      return [name, print] as const;
    }),
  );
  return Object.fromEntries(prints);
}
