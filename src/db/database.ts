import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { preparing } from './prepared.ts';

export type Database = PostgresJsDatabase;
/** What a query function takes: the database, or a transaction that its caller has begun. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
export type Queryable = Database | Transaction;

interface Options {
  maxConnections?: number;
  tracing?: { database(connection: postgres.Sql): postgres.Sql } | undefined;
}

/**
 * How many statements postgres.js sends ahead on a connection: a setting that its types do not know. A BEGIN that comes to
 * the limit is not noticed to be one (porsager/postgres, issue 1189); what others then do on that connection belongs to a
 * transaction that nobody commits.
 */
const sentAhead = { max_pipeline: Number.MAX_SAFE_INTEGER };

/**
 * Connects to PostgreSQL; connections open when first used.
 * @param url postgres://user:password@host:port/database?sslmode=…
 */
export function openDatabase(url: string, options: Options = {}) {
  const connection = postgres(url, {
    max: options.maxConnections ?? 10,
    idle_timeout: 60,
    connect_timeout: 5,
    ...sentAhead,
    onnotice: () => {},
    connection: {
      application_name: 'keygrant',
      statement_timeout: 10_000,
      lock_timeout: 5_000,
      // Of a process that is gone without a word, so that its locks are, too.
      idle_in_transaction_session_timeout: 30_000,
    },
  });
  const prepared = preparing(connection);
  const db: Database = drizzle(options.tracing?.database(prepared) ?? prepared, { casing: 'snake_case' });
  return { db, connection, close: () => connection.end({ timeout: 5 }) };
}

/** PostgreSQL's code for a broken constraint, and the constraint's name, from an error at any depth of causes. */
export function brokenConstraint(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('constraint_name' in cause && typeof cause.constraint_name === 'string') return cause.constraint_name;
  }
  return undefined;
}
