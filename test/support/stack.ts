import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { cacheFolder } from '../../src/config.ts';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { startIdentity } from '../../src/stack/identity.ts';
import { freePort } from '../../src/stack/ports.ts';
import { startPostgres } from '../../src/stack/postgres.ts';
import { audience, consoleClient, people, portal } from '../../src/stack/seed.ts';
import { startTemporal } from '../../src/stack/temporal.ts';
import { findTemporal } from '../../src/stack/temporal-binary.ts';
import { findTimeSkippingServer } from '../../src/stack/time-skipping-server.ts';
import { bundleSources } from '../../src/temporal/worker.ts';

/** Where the shared parts of a test run are. */
export interface Stack {
  /** Of a database named in place of `postgres`, as superuser. */
  ownerUrl: string;
  issuer: string;
  temporalAddress: string;
  timeSkippingServer: string;
  /** File with the bundled workflows: bundling takes seconds, and is the same for all. */
  workflowBundle: string;
  /** The console, built for this run. */
  consoleFolder: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    stack: Stack;
  }
}

/** The database that every test file starts with a copy of: migrating once, copying takes milliseconds. */
export const templateDatabase = 'keygrant_template';
/** The service's login in tests. */
export const serviceLogin = 'keygrant_test:keygrant_test';

/** More people who can sign in; who registers them, and as what, is up to each test. */
const extraPeople = ['bea', 'both', 'amy', 'bob', 'zoe'].map((id) => ({
  id,
  name: id,
  email: `${id}@example.com`,
}));

/** Starts, once for all test files, the real parts: PostgreSQL, Temporal, the identity provider. */
export default async function startStack(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'keygrant-test-'));
  const say = (line: string) => console.log(line);
  const cache = cacheFolder(process.env, homedir());
  const path = process.env['PATH'] ?? '';
  const binary = await findTemporal({ path, cacheFolder: cache, say });
  const timeSkipping = await findTimeSkippingServer({ path, cacheFolder: cache, say });
  const database = await startPostgres({
    dataFolder: join(folder, 'postgres'),
    port: await freePort(),
    logFile: join(folder, 'postgres.log'),
    durable: false,
  });
  const temporal = await startTemporal({
    binary,
    port: await freePort(),
    logFile: join(folder, 'temporal.log'),
  });
  const identity = await startIdentity({
    port: 0,
    people: [...people, ...extraPeople],
    portals: [portal],
    console: { ...consoleClient, publicUrl: 'http://127.0.0.1:3000' },
    audience,
    redirectUris: [],
  });

  const ownerUrl = database.url('postgres');
  const owner = postgres(ownerUrl, { max: 1 });
  await owner.unsafe(`create database ${templateDatabase}`);
  await owner.end();
  const template = database.url(templateDatabase);
  await migrateDatabase(template, template.replace(/\/\/[^@]*@/, `//${serviceLogin}@`));
  const workflowBundle = join(folder, 'workflows.js');
  const { code } = await bundleWorkflowCode({ ...bundleSources, logger: new DefaultLogger('WARN') });
  await writeFile(workflowBundle, code);
  const consoleFolder = join(folder, 'console');
  // As it is for production: a test run has its own NODE_ENV, for which React would bring its development half.
  const script = join(import.meta.dirname, '../../scripts/build-console.mjs');
  const production = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [script, consoleFolder], {
    env: production,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  project.provide('stack', {
    ownerUrl,
    issuer: identity.issuer,
    temporalAddress: temporal.address,
    timeSkippingServer: timeSkipping.path,
    workflowBundle,
    consoleFolder,
  });
  return async () => {
    await identity.stop();
    await temporal.stop();
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
