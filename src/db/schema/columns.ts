import { type SQL, sql } from 'drizzle-orm';
import { customType, integer, timestamp } from 'drizzle-orm/pg-core';

// The tables, each with the reason for its constraints. Where a rule can be a constraint it is one, so that no two
// processes, however they race, can break it. Names are snake_case in PostgreSQL (option `casing`).

export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
export const createdAt = () => moment().notNull().defaultNow();
/** Counts changes; the ETag of a resource, and the guard of every update. */
export const revision = () => integer().notNull().default(1);
export const oneOf = (column: SQL, values: readonly string[]) =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`;
