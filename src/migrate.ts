import { readMigrationConfig } from './config.ts';
import { migrateDatabase } from './db/migrate.ts';

// Run before a new version of the server or worker starts; safe to run again and by several at once.
const { ownerUrl, serviceUrl } = readMigrationConfig(process.env);
await migrateDatabase(ownerUrl, serviceUrl);
console.log('The database is up to date.');
