import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { searchAttributes } from '../../workflows/search-attributes.ts';
import { buildConsole } from './console.ts';
import { prepareDatabase } from './database.ts';
import { startIdentity } from './identity.ts';
import { keptSecret } from './kept.ts';
import { startMailbox } from './mailbox.ts';
import { answers, ready, unlessQuick } from './patience.ts';
import { requireFreePorts } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { type OwnProcess, startOwn } from './processes.ts';
import { startSampleApi } from './sample-api.ts';
import { audience, consoleClient, firstAdmin, people, portal, seed } from './seed.ts';
import { signIn } from './sign-in.ts';
import { startTemporal } from './temporal.ts';
import { findTemporal } from './temporal-binary.ts';
import { workerServes } from './worker-serves.ts';

/** What the stack needs to know; `readStackConfig` reads it from the environment. */
export interface StackOptions {
  ports: Record<
    | 'PORT'
    | 'TEMPORAL_PORT'
    | 'TEMPORAL_UI_PORT'
    | 'POSTGRES_PORT'
    | 'SMTP_PORT'
    | 'MAIL_UI_PORT'
    | 'IDENTITY_PORT'
    | 'GATEWAY_PORT'
    | 'SAMPLE_API_PORT',
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

/** The server's names for the types of our search attributes. */
const serverTypes = { KEYWORD: 'Keyword', INT: 'Int', DATETIME: 'Datetime' } as const;

/**
 * Starts the whole product, each part as itself, and fills a fresh one with something to try. What was started is
 * stopped again when a later part fails to start.
 */
export async function startStack(options: StackOptions) {
  const { ports, dataFolder, say } = options;
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
  const baseUrl = `http://${ip}:${ports.PORT}`;
  const logFile = (name: string) => join(dataFolder, 'logs', `${name}.log`);

  const built = buildConsole();
  // Awaited further down, where its failure is told.
  built.catch(() => {});
  try {
    const temporalBinary = own ? await findTemporal(options) : '';
    const database = started(
      await unlessQuick(
        say,
        'Starting PostgreSQL; the first time it makes its files …',
        startPostgres({
          dataFolder: join(dataFolder, 'postgres'),
          port: ports.POSTGRES_PORT,
          logFile: logFile('postgres'),
        }),
      ),
    );
    const temporal = own
      ? started(
          await unlessQuick(
            say,
            'Starting Temporal …',
            startTemporal({
              binary: temporalBinary,
              port: ports.TEMPORAL_PORT,
              uiPort: ports.TEMPORAL_UI_PORT,
              codecEndpoint: `${baseUrl}/codec`,
              databaseFile: join(dataFolder, 'temporal', 'temporal.db'),
              logFile: logFile('temporal'),
              searchAttributes: Object.fromEntries(
                searchAttributes.map(({ name, type }) => [name, serverTypes[type]] as const),
              ),
            }),
          ),
        )
      : { address: options.temporalAddress ?? '', uiUrl: undefined, exited: undefined };
    const mailbox = started(
      await startMailbox({
        smtpPort: ports.SMTP_PORT,
        webPort: ports.MAIL_UI_PORT,
        folder: join(dataFolder, 'mails'),
      }),
    );
    const identity = started(
      await startIdentity({
        port: ports.IDENTITY_PORT,
        people: [...people],
        portals: [portal],
        console: { ...consoleClient, publicUrl: baseUrl },
        audience,
        redirectUris: [baseUrl, `http://localhost:${ports.PORT}`].map(
          (url) => `${url}/docs/static/oauth2-redirect.html`,
        ),
        folder: join(dataFolder, 'identity'),
      }),
    );
    const sampleApi = started(await startSampleApi({ port: ports.SAMPLE_API_PORT }));
    const databaseUrl = await prepareDatabase((name) => database.url(name), dataFolder);
    const settings = {
      KEYGRANT_MODE: 'development',
      TIME_ZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
      MASTER_KEYS: await keptSecret(
        join(dataFolder, 'master-keys'),
        () => `1:${randomBytes(32).toString('base64')}`,
      ),
      OIDC_AUDIENCE: audience,
      FIRST_ADMIN: firstAdmin,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporal.address,
      ...(temporal.uiUrl === undefined ? {} : { TEMPORAL_UI_URL: temporal.uiUrl }),
      OIDC_ISSUER: identity.issuer,
      SMTP_URL: mailbox.smtpUrl,
      PUBLIC_URL: baseUrl,
      HOST: ip,
      PORT: String(ports.PORT),
      GATEWAY_ADDRESS: `${ip}:${ports.GATEWAY_PORT}`,
      GATEWAY_URL: `http://${ip}:${ports.GATEWAY_PORT}`,
      CONSOLE_CLIENT_ID: consoleClient.id,
      CONSOLE_CLIENT_SECRET: consoleClient.secret,
      TEMPORAL_UI_ORIGINS: [ip, 'localhost'].map((host) => `http://${host}:${ports.TEMPORAL_UI_PORT}`).join(),
    };
    const fixed = [
      'DATABASE_URL',
      'TEMPORAL_ADDRESS',
      'OIDC_ISSUER',
      'SMTP_URL',
      'PUBLIC_URL',
      'HOST',
      'PORT',
      'GATEWAY_ADDRESS',
      'GATEWAY_URL',
      'CONSOLE_CLIENT_ID',
      'CONSOLE_CLIENT_SECRET',
    ];
    // What the caller has set wins, except for where the parts of this stack are.
    const chosen = Object.entries(options.env).filter(([name]) => !fixed.includes(name));
    const env: Record<string, string> = { ...settings, ...Object.fromEntries(chosen) };
    await unlessQuick(say, 'Building the console …', built);
    const processes: OwnProcess[] = [];
    for (const name of ['server', 'worker'] as const) {
      processes.push(started(await startOwn({ name, env, logFile: logFile(name) })));
    }
    const worker = processes.at(-1);
    await unlessQuick(
      say,
      'Starting the API and the worker …',
      ready(
        processes,
        async () => (await answers(`${baseUrl}/readyz`)) && (await workerServes(env, worker?.pid)),
        logFile,
      ),
    );
    await seed(baseUrl, await signIn({ issuer: identity.issuer, person: firstAdmin }), sampleApi.url);
    return {
      baseUrl,
      gatewayUrl: `http://${ip}:${ports.GATEWAY_PORT}`,
      issuer: identity.issuer,
      mailbox,
      temporalUiUrl: temporal.uiUrl ?? null,
      /** The settings that commands beside the stack need. Not all that the caller's environment held. */
      env: Object.fromEntries(Object.keys(settings).map((name) => [name, String(env[name])])),
      stop,
      /** Resolves when a process of the stack has ended, with what to tell people. */
      failed: Promise.race(
        [
          { name: 'postgres', exited: database.exited },
          ...(temporal.exited ? [{ name: 'temporal', exited: temporal.exited }] : []),
          ...processes,
        ].map(async ({ name, exited }) => {
          const how = await exited;
          return `The ${name} ended (${typeof how === 'number' ? `code ${how}` : how}); its log is ${logFile(name)}.`;
        }),
      ),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
