import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { cacheFolder } from '../../src/config.ts';
import { prepareDatabase } from '../../src/stack/database.ts';
import { startIdentity } from '../../src/stack/identity.ts';
import { freePort, isListening } from '../../src/stack/ports.ts';
import { startPostgres } from '../../src/stack/postgres.ts';
import { audience, firstAdmin, people, portal, seed } from '../../src/stack/seed.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { startTemporal } from '../../src/stack/temporal.ts';
import { findTemporal } from '../../src/stack/temporal-binary.ts';
import { workerServes } from '../../src/stack/worker-serves.ts';
import { bundleSources } from '../../src/temporal/worker.ts';
import { Api } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { keep, type Part, runFile } from './part.ts';
import { cast, deputies, type PartName } from './plan.ts';

export type Parts = Awaited<ReturnType<typeof startParts>>;

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Starts the whole product, each part as a process of its own, and registers everybody who takes part.
 * @param settings of API and worker, over those of a development stack
 * @param built where `npm run build` has put what production runs; else the sources are run, which start more slowly
 */
export async function startParts(folder: string, settings: Record<string, string>, built?: string) {
  const logFile = (name: string) => join(folder, 'logs', `${name}.log`);
  await mkdir(join(folder, 'logs'), { recursive: true });
  const path = process.env['PATH'] ?? '';
  const binary = await findTemporal({
    path,
    cacheFolder: cacheFolder(process.env, homedir()),
    say: console.log,
  });
  const bundle = built === undefined ? await bundleInto(folder) : join(built, 'workflows.bundle.js');
  const ports = {
    api: await freePort(),
    postgres: await freePort(),
    temporal: await freePort(),
    smtp: await freePort(),
  };
  const identity = await startIdentity({
    port: 0,
    people: [...people, ...cast],
    portals: [portal],
    audience,
    redirectUris: [],
  });

  const parts = new Map<PartName, Part>();
  const stop = async () => {
    for (const name of ['worker', 'api', 'smtp', 'temporal', 'postgres'] as const)
      await parts.get(name)?.stop();
    await identity.stop();
  };
  try {
    let urlOf = (_database: string) => '';
    const startDatabase = async () => {
      const running = await startPostgres({
        dataFolder: join(folder, 'postgres'),
        port: ports.postgres,
        logFile: logFile('postgres'),
      });
      urlOf = (database) => running.url(database);
      return running;
    };
    const temporalFile = join(folder, 'temporal.db');
    parts.set('postgres', await keep('postgres', startDatabase));
    parts.set(
      'temporal',
      await keep('temporal', () =>
        startTemporal({
          binary,
          port: ports.temporal,
          databaseFile: temporalFile,
          logFile: logFile('temporal'),
        }),
      ),
    );
    const mails = join(folder, 'mails');
    parts.set(
      'smtp',
      await keep('smtp', () =>
        runFile({
          file: file('./mail-server.ts'),
          args: [String(ports.smtp), mails],
          env: { PATH: path },
          logFile: logFile('smtp'),
          serves: () => isListening(ports.smtp),
        }),
      ),
    );
    const baseUrl = `http://127.0.0.1:${ports.api}`;
    const env: Record<string, string> = {
      PATH: path,
      KEYGRANT_MODE: 'development',
      DATABASE_URL: await prepareDatabase((name) => urlOf(name), folder),
      TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
      OIDC_ISSUER: identity.issuer,
      OIDC_AUDIENCE: audience,
      FIRST_ADMIN: firstAdmin,
      SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
      TIME_ZONE: 'Asia/Taipei',
      RATE_LIMIT: '1000000',
      WORKFLOW_BUNDLE: bundle,
      HOST: '127.0.0.1',
      PORT: String(ports.api),
      ...settings,
    };
    const healthy = async () => (await fetch(`${baseUrl}/healthz`).catch(() => undefined))?.ok ?? false;
    for (const [name, entry, serves] of [
      ['api', 'server', healthy],
      ['worker', 'worker', (pid: number) => workerServes(env, pid)],
    ] as const) {
      const code = built === undefined ? file(`../../src/${entry}.ts`) : join(built, 'src', `${entry}.js`);
      const start = () => runFile({ file: code, env, logFile: logFile(name), serves });
      parts.set(name, await keep(name, start));
    }
    const tokens = new Map<string, Api>();
    const as = (person: string) => {
      const api = tokens.get(person) ?? new Api(baseUrl, () => signIn({ issuer: identity.issuer, person }));
      tokens.set(person, api);
      return api;
    };
    await eventually(
      async () => (await fetch(`${baseUrl}/readyz`).catch(() => undefined))?.ok || undefined,
      60_000,
    );
    await seed(baseUrl, await signIn({ issuer: identity.issuer, person: firstAdmin }));
    for (const person of cast) await as(firstAdmin).post('/v1/people', person);
    const endsAt = new Date(Date.now() + 86_400_000).toISOString();
    for (const { delegator, deputy } of deputies)
      await as(firstAdmin).post('/v1/delegations', { delegatorId: delegator, deputyId: deputy, endsAt });
    return { env, as, parts, folder, mails, temporalFile, ownerUrl: () => urlOf('keygrant'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bundleInto(folder: string): Promise<string> {
  const { code } = await bundleWorkflowCode({ ...bundleSources, logger: new DefaultLogger('WARN') });
  const bundle = join(folder, 'workflows.js');
  await writeFile(bundle, code);
  return bundle;
}
