import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { verifyChain } from '../../src/db/audit.ts';
import { openDatabase } from '../../src/db/database.ts';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { freePort } from '../../src/stack/ports.ts';
import { startPostgres } from '../../src/stack/postgres.ts';
import type { Answer } from '../support/api.ts';
import { draft } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { startProcesses } from '../support/processes.ts';

// A cluster of its own, since this one is killed. Durable, as in production: what was committed must be there again.
const folder = await mkdtemp(join(tmpdir(), 'keygrant-database-'));
const port = await freePort();
const start = () =>
  startPostgres({ dataFolder: join(folder, 'data'), port, logFile: join(folder, 'postgres.log') });
let server = await start();
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
const superuser = postgres(server.url('postgres'), { max: 1 });
await superuser`create database keygrant`;
await superuser.end();
const database = {
  ownerUrl: server.url('keygrant'),
  serviceUrl: server.url('keygrant').replace(/\/\/[^@]*@/, '//keygrant:keygrant@'),
};
await migrateDatabase(database.ownerUrl, database.serviceUrl);
const keygrant = await startKeygrant({ database, worker: false, env: { DELIVERY_DELAY: '1s' } });
// A process may end when its database is killed (postgres.js writes to a closed socket, porsager/postgres#1208); it is
// started again then, as in production.
const processes = await startProcesses(keygrant, {}, { supervised: true });
const as = (person: string) => processes.as(person);

/** The postmaster's own word for which process it is. */
async function kill(): Promise<void> {
  const pidFile = await readFile(join(folder, 'data', 'cluster', 'postmaster.pid'), 'utf8');
  process.kill(Number.parseInt(pidFile, 10), 'SIGKILL');
  await server.exited;
}

/** Asks again until the answer is one that stands: after an outage a first answer may still be 503. */
async function insist(ask: () => Promise<Answer>): Promise<Answer> {
  return eventually(async () => {
    const answer = await ask().catch(() => undefined);
    return answer && answer.status < 500 ? answer : undefined;
  }, 60_000);
}

async function approve(person: string, id: string): Promise<void> {
  const path = `/v1/applications/${id}`;
  const { digest, level } = (await insist(() => as(person).get(path))).body;
  const key = { 'idempotency-key': person };
  await insist(() => as(person).post(`${path}/decisions`, { verdict: 'approve', level, digest }, key));
}

async function submitted(): Promise<string> {
  const { id } = (await insist(() => as('ada').post('/v1/applications', draft()))).body;
  await insist(() => as('ada').post(`/v1/applications/${id}/submission`));
  await eventually(async () => (await as('ada').get(`/v1/applications/${id}`)).body.level === 1 || undefined);
  return id;
}

test('PostgreSQL killed between two approvals, and again while one is on its way: nothing is lost or doubled', async () => {
  const [between, within] = [await submitted(), await submitted()];
  await approve('ben', between);
  const { digest } = (await as('ben').get(`/v1/applications/${within}`)).body;
  const asked = as('ben').post(
    `/v1/applications/${within}/decisions`,
    { verdict: 'approve', level: 1, digest },
    { 'idempotency-key': 'ben' },
  );
  await kill();
  await asked.catch(() => undefined);
  const told = await as('ada')
    .get('/v1/me')
    .catch(() => undefined);
  expect(told?.status ?? 503).toBe(503);

  server = await start();
  await approve('ben', within);
  for (const id of [between, within]) {
    await eventually(
      async () => (await as('ada').get(`/v1/applications/${id}`)).body.level === 2 || undefined,
      60_000,
    );
    await approve('cleo', id);
    expect(await keygrant.client.workflow.getHandle(id).result()).toBe('delivered');
    const credentials = (await keygrant.mailbox.messages()).filter(
      ({ subject, text }) => subject.includes('Result') && text.includes(id),
    );
    expect(new Set(credentials.map(({ messageId }) => messageId)).size).toBe(1);
  }
  const { db, close } = openDatabase(database.serviceUrl);
  expect(await verifyChain(db)).toMatchObject({ intact: true });
  await close();
}, 180_000);
