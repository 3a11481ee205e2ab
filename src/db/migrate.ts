import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** From the sources and from `dist` alike: the SQL files are copied beside the built file. */
const migrationsFolder = join(fileURLToPath(new URL('.', import.meta.url)), 'migrations');

/**
 * Brings a database up to date and makes the service's login: the user of `serviceUrl` is created where it is missing
 * and becomes a member of `keygrant_service`, which holds exactly the rights that the service needs.
 * @param ownerUrl a login that owns the tables and may create roles; used here and nowhere else
 */
export async function migrateDatabase(ownerUrl: string, serviceUrl: string): Promise<void> {
  const connection = postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    // Two deployments may start at once; the second waits and then finds nothing left to do.
    await connection`select pg_advisory_lock(hashtext('keygrant migrations'))`;
    await migrate(drizzle(connection), { migrationsFolder });
    const service = new URL(serviceUrl);
    const user = decodeURIComponent(service.username);
    const password = decodeURIComponent(service.password);
    const [existing] = await connection`select 1 from pg_roles where rolname = ${user}`;
    if (!existing) {
      // DDL takes no parameters; format() quotes both as PostgreSQL itself would.
      const [statement] = await connection<{ sql: string }[]>`
        select format('create role %I login password %L', ${user}::text, ${password}::text) as sql`;
      await connection.unsafe(String(statement?.sql));
    }
    const [grant] = await connection<
      { sql: string }[]
    >`select format('grant keygrant_service to %I', ${user}::text) as sql`;
    await connection.unsafe(String(grant?.sql));
  } finally {
    await connection.end({ timeout: 5 });
  }
}
