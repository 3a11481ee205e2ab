import { readConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { createTimelineFeed } from './db/timeline-feed.ts';
import { buildApp } from './http/app.ts';
import { createMailer } from './mail/mailer.ts';
import { createApplicationProcesses } from './temporal/applications.ts';
import { openClient } from './temporal/connection.ts';
import { createKeyProcesses } from './temporal/keys.ts';

// Prints the OpenAPI document. Nothing runs for it: whatever would connect does so when it is first used, and nothing is.
const nowhere = '127.0.0.1:9';
const config = readConfig({
  KEYGRANT_MODE: 'development',
  DATABASE_URL: `postgres://${nowhere}/none`,
  TEMPORAL_ADDRESS: nowhere,
  OIDC_ISSUER: `http://${nowhere}`,
  OIDC_AUDIENCE: 'none',
});
const { db, connection, close } = openDatabase(config.databaseUrl);
const temporal = openClient(config.temporal);
const app = await buildApp({
  config,
  db,
  mailer: createMailer(config.mail),
  applications: createApplicationProcesses(temporal.client, config.temporal.taskQueue),
  keys: createKeyProcesses(temporal.client, config.temporal.taskQueue),
  timelines: createTimelineFeed(connection),
});
process.stdout.write(`${JSON.stringify(app.swagger(), null, 2)}\n`);
await app.close();
await temporal.close();
await close();
