import { randomBytes } from 'node:crypto';
import { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Runtime, type Worker } from '@temporalio/worker';
import { pino } from 'pino';
import postgres from 'postgres';
import { afterAll, inject } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { createWebhookActivities } from '../../activities/webhooks.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { openChangeFeed } from '../../src/db/changes.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { createTimelineFeed } from '../../src/db/timeline-feed.ts';
import { buildApp } from '../../src/http/app.ts';
import type { Context } from '../../src/http/context.ts';
import { createMailer } from '../../src/mail/mailer.ts';
import { type Mailbox, startMailbox } from '../../src/stack/mailbox.ts';
import { audience, consoleClient, firstAdmin, portal, seed } from '../../src/stack/seed.ts';
import { portalToken, signIn } from '../../src/stack/sign-in.ts';
import { createApplicationProcesses } from '../../src/temporal/applications.ts';
import { codecOf } from '../../src/temporal/connection.ts';
import { dataConverterOf } from '../../src/temporal/data-converter.ts';
import { createKeyProcesses, startKeyDispatcher } from '../../src/temporal/keys.ts';
import { registerSearchAttributes } from '../../src/temporal/namespace.ts';
import { signalsOnce } from '../../src/temporal/signals-once.ts';
import { startWebhookDispatcher } from '../../src/temporal/webhooks.ts';
import { createWebhookWorker, createWorker } from '../../src/temporal/worker.ts';
import { createSender } from '../../src/webhooks/sender.ts';
import { Api } from './api.ts';
import { serviceLogin, templateDatabase } from './stack.ts';

/** A whole Keygrant of its own: database, mailbox and task queue shared with nobody. */
export interface Keygrant {
  config: Config;
  /** The settings, for processes that are started apart. */
  env: Record<string, string>;
  baseUrl: string;
  db: Database;
  /** As superuser, to look at everything or to tamper. */
  ownerUrl: string;
  mailbox: Mailbox;
  client: Client;
  environment: TestWorkflowEnvironment;
  /** What the API was built with. */
  context: Context;
  /** Everything that API and worker have logged. */
  log: string[];
  /** Speaks to the API as somebody; signs in when first asked. */
  as(person: string): Api;
  /** Speaks to the API as the portal of the seed, for a named applicant. */
  asPortal(applicant: string): Api;
  startWorker(build?: Build): Promise<void>;
  stopWorker(buildId?: string): Promise<void>;
}

/** Another build than the one at hand. */
interface Build {
  buildId?: string;
  workflows?: { code: string };
}

interface Options {
  /** Time that can be skipped, on Temporal's Java test server; else the real server. */
  time?: 'real' | 'skipping';
  env?: Record<string, string>;
  /** A migrated database of the test's own; else a copy of the template. */
  database?: { ownerUrl: string; serviceUrl: string };
  worker?: boolean;
  /** Whether the console is there to be served. */
  console?: boolean;
}

type Dispatcher = ReturnType<typeof startWebhookDispatcher>;

/** A worker process's parts. */
interface Running {
  workers: Worker[];
  done: Promise<unknown>;
  dispatchers: Dispatcher[];
}

/** Starts one for the tests of a file, seeded like `npm start`, and stops it after them. */
export async function startKeygrant(options: Options = {}): Promise<Keygrant> {
  const stack = inject('stack');
  const stops: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  const log: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => keep(log, line) });
  try {
    Runtime.install({ logger: workerLogger(logger), shutdownSignals: [] });
  } catch {
    // Installed by an earlier Keygrant of this file.
  }
  const database = options.database ?? (await copyDatabase(stack.ownerUrl, stops));
  const mailbox = await startMailbox({ smtpPort: 0, webPort: 0 });
  stops.push(() => mailbox.stop());

  const env = {
    KEYGRANT_MODE: 'development',
    DATABASE_URL: database.serviceUrl,
    TEMPORAL_ADDRESS: stack.temporalAddress,
    TEMPORAL_TASK_QUEUE: `test-${randomBytes(4).toString('hex')}`,
    OIDC_ISSUER: stack.issuer,
    OIDC_AUDIENCE: audience,
    FIRST_ADMIN: firstAdmin,
    CONSOLE_CLIENT_ID: consoleClient.id,
    CONSOLE_CLIENT_SECRET: consoleClient.secret,
    SMTP_URL: mailbox.smtpUrl,
    TIME_ZONE: 'Asia/Taipei',
    RATE_LIMIT: '100000',
    ...options.env,
  };
  const codec = codecOf(readConfig(env).temporal);
  const dataConverter = dataConverterOf(codec);
  const environment = await startEnvironment(options.time ?? 'real', stack, dataConverter);
  stops.push(() => environment.teardown());
  env.TEMPORAL_ADDRESS = environment.address;
  const config = readConfig(env);
  const { masterKeys } = config;
  const { db, connection, close } = openDatabase(config.databaseUrl);
  stops.push(close);
  const mailer = createMailer(config.mail);
  const { client } = environment;
  const once = signalsOnce({ ...client.options, connection: client.connection, dataConverter, masterKeys });
  const serving = new Client({
    ...client.options,
    connection: client.connection,
    dataConverter,
    interceptors: { workflow: [once] },
  });
  const applications = createApplicationProcesses(serving, config.temporal.taskQueue);
  const timelines = createTimelineFeed(connection);
  const keys = createKeyProcesses(client, config.temporal.taskQueue);
  const changes = openChangeFeed(config.databaseUrl);
  stops.push(() => changes.close());
  const served = options.console === false ? {} : { consoleFolder: stack.consoleFolder };
  const context = { config, db, mailer, applications, keys, timelines, changes, ...served };
  const app = await buildApp(context, { loggerInstance: logger });
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  stops.push(() => app.close());
  const token = (person: string) => signIn({ issuer: stack.issuer, person });
  await seed(baseUrl, await token(firstAdmin));

  const running = new Map<string | undefined, Running>();
  const startWorker = async ({ buildId, workflows }: Build = {}) => {
    const { namespace, taskQueue, deploymentName } = config.temporal;
    const connected = { connection: environment.nativeConnection, namespace, taskQueue };
    const membership = { ...connected, codec, deploymentName, buildId };
    const worker = await createWorker({
      ...membership,
      workflowBundle: workflows ?? { codePath: stack.workflowBundle },
      activities: createActivities({
        db,
        mailer,
        masterKeys,
        readSealed: (sealed) => codec.read(sealed),
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
        db,
        masterKeys,
        sender: createSender(config.webhooks),
      }),
    });
    const workers = [worker, deliveries];
    running.set(buildId, {
      workers,
      done: Promise.all(workers.map((each) => each.run())),
      dispatchers: [
        startWebhookDispatcher({ db, connection, client, taskQueue, log: logger }),
        startKeyDispatcher({ db, connection, client, taskQueue, log: logger }),
      ],
    });
  };
  const stopWorker = async (buildId?: string) => {
    const stopping = running.get(buildId);
    running.delete(buildId);
    for (const dispatcher of stopping?.dispatchers ?? []) await dispatcher.stop();
    for (const worker of stopping?.workers ?? []) worker.shutdown();
    await stopping?.done;
  };
  stops.push(() => Promise.all([...running.keys()].map(stopWorker)));
  if (options.worker !== false) await startWorker();

  const apis = new Map<string, Api>();
  const as = (person: string) => {
    const api = apis.get(person) ?? new Api(baseUrl, () => token(person));
    apis.set(person, api);
    return api;
  };
  const asPortal = (applicant: string) =>
    new Api(baseUrl, () => portalToken({ issuer: stack.issuer, ...portal }), { 'on-behalf-of': applicant });
  return {
    config,
    env,
    baseUrl,
    db,
    ownerUrl: database.ownerUrl,
    mailbox,
    client,
    environment,
    context,
    log,
    as,
    asPortal,
    startWorker,
    stopWorker,
  };
}

async function startEnvironment(
  time: 'real' | 'skipping',
  stack: ReturnType<typeof inject<'stack'>>,
  dataConverter: DataConverter,
) {
  const client = { dataConverter };
  if (time === 'skipping') {
    const executable = { type: 'existing-path', path: stack.timeSkippingServer } as const;
    const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable }, client });
    await registerSearchAttributes(environment.client);
    return environment;
  }
  const environment = await TestWorkflowEnvironment.createFromExistingServer({
    address: stack.temporalAddress,
    client,
  });
  await registerSearchAttributes(environment.client);
  return environment;
}

/** A copy of the migrated template, so that files cannot disturb one another. */
async function copyDatabase(adminUrl: string, stops: (() => Promise<unknown>)[]) {
  const name = `keygrant_${randomBytes(6).toString('hex')}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${templateDatabase}`);
  const ownerUrl = adminUrl.replace(/\/[^/]*$/, `/${name}`);
  stops.push(async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  return { ownerUrl, serviceUrl: ownerUrl.replace(/\/\/[^@]*@/, `//${serviceLogin}@`) };
}

/** Keeps a line; an error of ours is shown at once, since a failing test alone would not say why. */
function keep(log: string[], line: string): void {
  log.push(line);
  if (/"level":(?:50|60)/.test(line)) console.error(line.slice(0, 2000));
}

/** Temporal's logger over ours, so that a test can search both. */
function workerLogger(logger: pino.Logger) {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    logger[level](meta ?? {}, message);
  return {
    log: (level: string, message: string, meta?: object) => logger.info({ level, ...meta }, message),
    trace: at('debug'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
