import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { cacheFolder } from '../../src/config.ts';
import { findTemporal } from '../../src/stack/temporal-binary.ts';
import { keyInUse } from '../keys/key.ts';
import { day, decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';

// Records the histories that replay.test.ts replays: run it (`npm run record:histories`) when a release changes the
// workflow, and commit what it adds. Not a test of its own, and so not run by `npm test`.
const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '2s' } });
const temporal = await findTemporal({
  path: process.env['PATH'] ?? '',
  cacheFolder: cacheFolder(process.env, homedir()),
  say: console.log,
});
const version = new Date().toISOString().slice(0, 10);

async function record(id: string, name: string): Promise<void> {
  await keygrant.client.workflow.getHandle(id).result();
  const address = keygrant.env['TEMPORAL_ADDRESS'] ?? '';
  const words = `workflow show --output json --workflow-id ${id} --address ${address}`.split(' ');
  const shown = execFileSync(temporal, words);
  // Never over one of before: open applications may have just that history.
  const file = new URL(`./histories/${version}-${name}.json`, import.meta.url);
  await writeFile(file, shown, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

test('delivered', async () => {
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
  await record(id, 'delivered');
});

test('rejected, after signals that changed nothing', async () => {
  const { id } = await submit(keygrant);
  const handle = keygrant.client.workflow.getHandle(id);
  await handle.signal('decide', { not: 'a decision' });
  await handle.signal('unheard-of', 1);
  await decide(keygrant, 'ben', id, 'deny');
  await record(id, 'rejected');
});

test('returned at the issue', async () => {
  const { id } = await submit(keygrant, { apiIds: ['prices'] });
  await decide(keygrant, 'ben', id);
  await keygrant.as('dora').patch('/v1/apis/prices', { enabled: false });
  await decide(keygrant, 'cleo', id);
  await record(id, 'returned');
});

test('refused because it was edited before a worker came', async () => {
  await keygrant.stopWorker();
  const created = await keygrant.as('ada').post('/v1/applications', draft());
  const path = `/v1/applications/${created.body.id}`;
  expect((await keygrant.as('ada').post(`${path}/submission`)).status).toBe(202);
  await keygrant.as('ada').patch(path, { quota: 5 });
  await keygrant.startWorker();
  await eventually(async () => (await keygrant.as('ada').get(path)).body.refusal ?? undefined);
  await record(created.body.id, 'refused');
});

test('a key that was changed', async () => {
  const ada = keygrant.as('ada');
  const { id } = await submit(keygrant);
  for (const reviewer of ['ben', 'cleo']) await decide(keygrant, reviewer, id);
  await keygrant.client.workflow.getHandle(id).result();
  const keyId = (await ada.get(`/v1/applications/${id}`)).body.key.id;
  const update = { kind: 'update', keyId, quota: 7, description: 'Fewer.' };
  const path = `/v1/applications/${(await ada.post('/v1/applications', update)).body.id}`;
  const submitted = await ada.post(`${path}/submission`);
  for (const reviewer of ['ben', 'cleo']) await decide(keygrant, reviewer, submitted.body.id);
  await record(submitted.body.id, 'completed');
});

test('approved by a flow without levels', async () => {
  const flow = { name: 'Open data', levels: [], appliesTo: [{ onlyApis: ['shipments-list'] }] };
  await keygrant.as('dora').put('/v1/flows/open-data', flow);
  const { id } = await submit(keygrant, { apiIds: ['shipments-list'] });
  await record(id, 'unreviewed');
});

test('a key that was reminded of, rotated, suspended, resumed and revoked, with a signal that changed nothing', async () => {
  const { id } = await keyInUse(keygrant, { expiresOn: day(3), expirySetAt: new Date(0) });
  const workflowId = `key/${id}`;
  const [ada, dora] = [keygrant.as('ada'), keygrant.as('dora')];
  const path = `/v1/keys/${id}`;
  await keygrant.client.workflow.getHandle(workflowId).signal('suspend', { forged: true });
  await ada.post(`${path}/rotation`, { grace: '3s' });
  await eventually(async () => (await ada.get(path)).body.rotation === null || undefined);
  await ada.post(`${path}/suspension`, { comment: 'Odd calls.' });
  await dora.post(`${path}/resumption`);
  await dora.post(`${path}/revocation`, { comment: 'Abuse.' });
  await record(workflowId, 'key');
});
