import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import postgres from 'postgres';
import { migrateDatabase } from '../db/migrate.ts';
import { keptSecret } from './kept.ts';

/** Makes and migrates the database; answers with the URL of the service's own login. */
export async function prepareDatabase(
  urlOf: (database: string) => string,
  dataFolder: string,
): Promise<string> {
  const superuser = postgres(urlOf('postgres'), { max: 1, onnotice: () => {} });
  const [present] = await superuser`select 1 from pg_database where datname = 'keygrant'`;
  if (!present) await superuser`create database keygrant`;
  await superuser.end();
  const password = await keptSecret(join(dataFolder, 'service-password'), () =>
    randomBytes(18).toString('base64url'),
  );
  const service = new URL(urlOf('keygrant'));
  service.username = 'keygrant';
  service.password = password;
  await migrateDatabase(urlOf('keygrant'), service.href);
  return service.href;
}
