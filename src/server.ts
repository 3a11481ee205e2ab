import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readConfig } from './config.ts';
import { openChangeFeed } from './db/changes.ts';
import { openDatabase } from './db/database.ts';
import { createTimelineFeed } from './db/timeline-feed.ts';
import { buildApp } from './http/app.ts';

import { describe } from './http/errors.ts';
import { buildGateway } from './http/gateway.ts';
import { createLogger } from './logger.ts';
import { createMailer } from './mail/mailer.ts';
import { createApiMetrics } from './metrics/api.ts';
import { serveMetrics } from './metrics/serve.ts';
import { stopOnSignal } from './stopping.ts';
import { createApplicationProcesses } from './temporal/applications.ts';
import { openClient } from './temporal/connection.ts';
import { createKeyProcesses } from './temporal/keys.ts';
import { startTracing } from './tracing/tracing.ts';

// The API process. It keeps no state: run as many as you like behind a load balancer.
const config = readConfig(process.env);
const tracing = await startTracing(config.tracing, 'keygrant-api', (why) =>
  logger.warn({ why }, 'traces were not sent'),
);
const logger = createLogger(config.logLevel, 'server', tracing?.logFields);
const database = openDatabase(config.databaseUrl, { tracing });
const changes = openChangeFeed(config.databaseUrl, (error) =>
  logger.warn({ err: describe(error as Error) }, 'changes are not heard: keys are looked up for each call'),
);
const temporal = openClient(config.temporal, { tracing, masterKeys: config.masterKeys });
const metrics = config.metricsAddress && createApiMetrics(database.db);
let stopping = false;
const context = {
  config,
  db: database.db,
  mailer: createMailer(config.mail),
  applications: createApplicationProcesses(temporal.client, config.temporal.taskQueue),
  keys: createKeyProcesses(temporal.client, config.temporal.taskQueue),
  timelines: createTimelineFeed(database.connection),
  // Beside the compiled sources, or where `npm start` builds it.
  consoleFolder: fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? '../dist/console' : '../console', import.meta.url),
  ),
  changes,
  metrics,
  tracing,
  isStopping: () => stopping,
};
const app = await buildApp(context, { loggerInstance: logger });
const { address } = config.gateway;
const gateway = address && (await buildGateway(context, { loggerInstance: logger }));
const shown =
  config.metricsAddress && metrics && (await serveMetrics(config.metricsAddress, metrics, logger));
stopOnSignal(logger, async () => {
  stopping = true;
  // Until whoever hands out requests has seen that this process takes no more, it answers them.
  await delay(config.drainMs);
  await gateway?.close();
  await app.close();
  await shown?.close();
  await temporal.close();
  await changes.close();
  await database.close();
  await tracing?.close();
});
if (address) await gateway?.listen(address);
await app.listen({ host: config.host, port: config.port });
