import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import postgres from 'postgres';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { startIdentity } from './identity.ts';
import { keptSecret } from './kept.ts';
import { startMailbox } from './mailbox.ts';
import { requireFreePorts } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { type OwnProcess, startOwn } from './processes.ts';
import { audience, firstAdmin, people, portal, seed } from './seed.ts';
import { signIn } from './sign-in.ts';
import { startTemporal } from './temporal.ts';
import { findTemporal } from './temporal-binary.ts';

/** What the stack needs to know; `readStackConfig` reads it from the environment. */
export interface StackOptions {
  ports: Record<
    | 'PORT'
    | 'TEMPORAL_PORT'
    | 'TEMPORAL_UI_PORT'
    | 'POSTGRES_PORT'
    | 'SMTP_PORT'
    | 'MAIL_UI_PORT'
    | 'IDENTITY_PORT',
    number
  >;
  dataFolder: string;
  cacheFolder: string;
  path: string;
  /** A Temporal server that runs already. */
  temporalAddress: string | undefined;
  /** Handed on to server and worker, where it wins over the stack's own settings. */
  env: Record<string, string>;
  /** Prints a line of progress. */
  say: (line: string) => void;
}

const ip = '127.0.0.1';

/**
 * Starts the whole product, each part as itself, and fills a fresh one with something to try. What was started is
 * stopped again when a later part fails to start.
 */
export async function startStack(options: StackOptions) {
  const { ports, dataFolder } = options;
  const own = options.temporalAddress === undefined;
  const wanted = Object.entries(ports).filter(([setting]) => own || !setting.startsWith('TEMPORAL_'));
  await requireFreePorts(wanted.map(([setting, port]) => ({ setting, port })));

  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  /** Keeps how to stop a part that has started. */
  const started = <T extends { stop(): Promise<void> }>(part: T): T => {
    stops.push(() => part.stop());
    return part;
  };
  const logFile = (name: string) => join(dataFolder, 'logs', `${name}.log`);

  try {
    const temporalBinary = own ? await findTemporal(options) : '';
    const database = started(
      await startPostgres({
        dataFolder: join(dataFolder, 'postgres'),
        port: ports.POSTGRES_PORT,
        logFile: logFile('postgres'),
      }),
    );
    const temporal = own
      ? started(
          await startTemporal({
            binary: temporalBinary,
            port: ports.TEMPORAL_PORT,
            uiPort: ports.TEMPORAL_UI_PORT,
            databaseFile: join(dataFolder, 'temporal', 'temporal.db'),
            logFile: logFile('temporal'),
            searchAttributes: Object.fromEntries(
              searchAttributes.map(({ name, type }) => [name, type === 'INT' ? 'Int' : 'Keyword'] as const),
            ),
          }),
        )
      : { address: options.temporalAddress ?? '', uiUrl: undefined };
    const mailbox = started(
      await startMailbox({
        smtpPort: ports.SMTP_PORT,
        webPort: ports.MAIL_UI_PORT,
        folder: join(dataFolder, 'mails'),
      }),
    );
    const baseUrl = `http://${ip}:${ports.PORT}`;
    const identity = started(
      await startIdentity({
        port: ports.IDENTITY_PORT,
        people: [...people],
        portals: [portal],
        audience,
        redirectUris: [baseUrl, `http://localhost:${ports.PORT}`].map(
          (url) => `${url}/docs/static/oauth2-redirect.html`,
        ),
        folder: join(dataFolder, 'identity'),
      }),
    );
    const databaseUrl = await prepareDatabase((name) => database.url(name), dataFolder);
    const env = {
      KEYGRANT_MODE: 'development',
      TIME_ZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
      MASTER_KEYS: await keptSecret(
        join(dataFolder, 'master-keys'),
        () => `1:${randomBytes(32).toString('base64')}`,
      ),
      OIDC_AUDIENCE: audience,
      FIRST_ADMIN: firstAdmin,
      ...options.env,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporal.address,
      OIDC_ISSUER: identity.issuer,
      SMTP_URL: mailbox.smtpUrl,
      PUBLIC_URL: baseUrl,
      HOST: ip,
      PORT: String(ports.PORT),
    };
    const processes: OwnProcess[] = [];
    for (const name of ['server', 'worker'] as const) {
      processes.push(started(await startOwn({ name, env, logFile: logFile(name) })));
    }
    await ready(baseUrl, processes);
    await seed(baseUrl, await signIn({ issuer: identity.issuer, person: firstAdmin }));
    return {
      baseUrl,
      issuer: identity.issuer,
      mailbox,
      temporalUiUrl: temporal.uiUrl ?? null,
      env,
      stop,
      /** Resolves when server or worker has ended, with what to tell people. */
      failed: Promise.race(
        processes.map(
          async ({ name, exited }) => `The ${name} ended (${await exited}); its log is ${logFile(name)}.`,
        ),
      ),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes and migrates the database; answers with the URL of the service's own login. */
async function prepareDatabase(urlOf: (database: string) => string, dataFolder: string): Promise<string> {
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

/** Waits until the API can answer everything, or one of the processes has given up. */
async function ready(baseUrl: string, processes: readonly OwnProcess[]): Promise<void> {
  const end = Date.now() + 60_000;
  let gone: string | undefined;
  for (const { name, exited } of processes)
    void exited.then((how) => (gone ??= `${name} ended at its start (${how})`));
  while (
    !(await fetch(`${baseUrl}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (gone !== undefined || Date.now() > end)
      throw new Error(`${gone ?? 'The API did not get ready'}; see the logs.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
