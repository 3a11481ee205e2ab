import { DefaultLogger, type LogLevel, Runtime } from '@temporalio/worker';
import { sql } from 'drizzle-orm';
import { createActivities } from '../activities/index.ts';
import { createWebhookActivities } from '../activities/webhooks.ts';
import { readConfig } from './config.ts';
import { openDatabase } from './db/database.ts';
import { serveHealth } from './health.ts';
import { createLogger } from './logger.ts';
import { createMailer } from './mail/mailer.ts';
import { workerTelemetry } from './metrics/worker.ts';
import { stopOnSignal } from './stopping.ts';
import { codecOf, connectWorker, openClient } from './temporal/connection.ts';
import { startKeyDispatcher } from './temporal/keys.ts';
import { registerSearchAttributes } from './temporal/namespace.ts';
import { workerTrouble } from './temporal/readiness.ts';
import { keepCallRecords, keepSchedules } from './temporal/schedules.ts';
import { startWebhookDispatcher } from './temporal/webhooks.ts';
import { createWebhookWorker, createWorker } from './temporal/worker.ts';
import { startTracing } from './tracing/tracing.ts';
import { createSender } from './webhooks/sender.ts';

// The worker process: runs the workflows and their activities. Run as many as you like.
const config = readConfig(process.env);
const tracing = await startTracing(config.tracing, 'keygrant-worker', (why) =>
  logger.warn({ why }, 'traces were not sent'),
);
const logger = createLogger(config.logLevel, 'worker', tracing?.logFields);
const levels: Record<LogLevel, 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};
Runtime.install({
  logger: new DefaultLogger('INFO', ({ level, message, meta }) => logger[levels[level]](meta ?? {}, message)),
  shutdownSignals: [],
  ...workerTelemetry(config.workerMetricsAddress),
});
const client = openClient(config.temporal);
await registerSearchAttributes(client.client);
await keepSchedules(client.client, config.temporal.taskQueue, config.regular);
await keepCallRecords(client.client, config.temporal.taskQueue);

const database = openDatabase(config.databaseUrl, { tracing });
const mailer = createMailer(config.mail);
const connection = await connectWorker(config.temporal);
const { namespace, taskQueue, workflowBundle, deploymentName, buildId } = config.temporal;
const codec = codecOf(config.temporal);
const membership = { connection, namespace, taskQueue, codec, deploymentName, buildId };
const worker = await createWorker({
  ...membership,
  tracing,
  workflowBundle: workflowBundle === undefined ? undefined : { codePath: workflowBundle },
  activities: createActivities({
    db: database.db,
    masterKeys: config.masterKeys,
    readSealed: (sealed) => codec.read(sealed),
    mailer: tracing?.mailer(mailer) ?? mailer,
    timeZone: config.timeZone,
    deliveryDelayMs: config.deliveryDelayMs,
    retentionYears: config.regular.retentionYears,
    delivery: config.delivery,
    revealExpiresAfterMs: config.revealExpiresAfterMs,
    expiryRemindersMs: config.keyLife.expiryRemindersMs,
    quotaWarnings: config.keyLife.quotaWarnings,
    publicUrl: config.publicUrl,
    brand: config.mail.brand,
    defaultLanguage: config.mail.defaultLanguage,
  }),
});
const deliveries = await createWebhookWorker({
  ...membership,
  activities: createWebhookActivities({
    db: database.db,
    masterKeys: config.masterKeys,
    sender: createSender(config.webhooks),
  }),
});
const running = Promise.all([worker.run(), deliveries.run()]);
const told = {
  db: database.db,
  connection: database.connection,
  client: client.client,
  taskQueue,
  log: logger,
};
const dispatchers = [startWebhookDispatcher(told), startKeyDispatcher(told)];
const health =
  config.workerHealthAddress &&
  (await serveHealth(config.workerHealthAddress, async () => {
    const trouble = await workerTrouble(client.client, [
      { worker, kind: 'workflow' },
      { worker, kind: 'activity' },
      { worker: deliveries, kind: 'activity' },
    ]);
    if (trouble !== undefined) return trouble;
    return database.db.execute(sql`select 1`).then(
      () => undefined,
      () => 'PostgreSQL does not answer',
    );
  }));
stopOnSignal(logger, async () => {
  await Promise.all(dispatchers.map((dispatcher) => dispatcher.stop()));
  worker.shutdown();
  deliveries.shutdown();
  await running;
  await health?.close();
  await client.close();
  await connection.close();
  await database.close();
  await tracing?.close();
});
await running;
