import { expect, test } from 'vitest';
import { decide, draft, submit } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem, fieldsOf } from './problems.ts';
import { everyRow } from './rows.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const dora = keygrant.as('dora');
await dora.post('/v1/people', { id: 'bob', name: 'Bob', email: 'bob@example.com', roles: [] });
const path = '/v1/flows/default';
const oneLevel = (people: string[], roles: string[] = []) => ({
  name: 'One level',
  levels: [{ name: 'Only', reviewers: { people, roles } }],
});

test('every change of a flow is a new version on record, and the old one stays to be read', async () => {
  const first = (await dora.get(path)).body;
  const stored = await dora.put(path, oneLevel(['bob']), { 'if-match': '"1"' });
  expect([stored.status, stored.headers.get('etag')]).toEqual([201, '"2"']);
  expect(stored.body).toMatchObject({ version: 2, createdBy: 'dora', ...oneLevel(['bob']) });
  expect((await dora.get(path)).body).toMatchObject({ version: 2, ...oneLevel(['bob']) });
  expect((await dora.get(`${path}?version=1`)).body).toEqual(first);
  expectProblem(await dora.get(`${path}?version=3`), 404, 'not-found');
  expect((await dora.get('/v1/flows')).body).toMatchObject([{ id: 'default', version: 2 }]);
  const [event] = (await dora.get('/v1/audit?limit=1')).body.items;
  const requestId = stored.headers.get('x-request-id');
  expect(event).toMatchObject({
    action: 'flow.versioned',
    actor: 'dora',
    requestId,
    details: { version: 2 },
  });
  expect((await dora.put(path, { name: first.name, levels: first.levels })).body.version).toBe(3);
});

test('applications keep the flow that they were submitted under, and its reviewers decide', async () => {
  const before = await submit(keygrant);
  await dora.put(path, oneLevel(['bob']));
  const { flow, levels } = (await keygrant.as('ada').get(`/v1/applications/${before.id}`)).body;
  expect(flow.version).toBe(before.flow.version);
  expect(levels.map(({ name }: { name: string }) => name)).toEqual(['API owner', 'Security']);
  expectProblem(await keygrant.as('bob').get(`/v1/applications/${before.id}`), 404, 'not-found');
  for (const reviewer of ['ben', 'cleo'])
    expect((await decide(keygrant, reviewer, before.id)).status).toBe(200);

  const after = await submit(keygrant);
  expect(after).toMatchObject({ flow: { version: before.flow.version + 1 }, waitingFor: [{ id: 'bob' }] });
  expectProblem(await keygrant.as('ben').get(`/v1/applications/${after.id}`), 404, 'not-found');
  expect((await decide(keygrant, 'bob', after.id)).status).toBe(200);
});

test('of admins who store at the same moment from the same version, one wins', async () => {
  const { version } = (await dora.get(path)).body;
  const headers = { 'if-match': `"${version}"` };
  const answers = await Promise.all([...Array(5)].map(() => dora.put(path, oneLevel(['ben']), headers)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 412)).toHaveLength(4);
  expect((await dora.get(path)).body.version).toBe(version + 1);
  expectProblem(await dora.put(path, oneLevel(['ben']), headers), 412, 'revision-changed');
});

/** Not every row: mails of the tests before may still be leaving. */
async function flowRows() {
  const { flows, flow_levels: levels } = await everyRow(keygrant.db);
  return { flows, levels };
}

test('a flow that could not be followed is refused by name, all at once', async () => {
  const before = await flowRows();
  const level = (people: string[]) => ({ name: 'Level', reviewers: { people, roles: [] } });
  const refused = await dora.put(path, {
    name: 'Broken',
    levels: [level([]), level(['ben', 'ghost']), level(['nobody'])],
  });
  expectProblem(refused, 422, 'invalid');
  expect(fieldsOf(refused)).toEqual([
    'levels.0.reviewers',
    'levels.1.reviewers.people',
    'levels.2.reviewers.people',
  ]);
  const many = [...Array(11)].map(() => level(['ben']));
  expect(fieldsOf(await dora.put(path, { name: 'Long', levels: many }))).toEqual(['levels']);
  expect(await flowRows()).toEqual(before);
});

test('flows are stored by admins alone', async () => {
  for (const id of ['ada', 'ben', 'emil']) {
    expectProblem(await keygrant.as(id).put(path, oneLevel([id])), 403, 'forbidden');
  }
  expectProblem(await keygrant.asPortal('ada').put(path, oneLevel(['ada'])), 403, 'forbidden');
});

test('a level whose only reviewer is gone says so where the application is read, and an admin can help', async () => {
  await dora.put(path, oneLevel(['bob']));
  const { id } = (await keygrant.as('ada').post('/v1/applications', draft())).body;
  await keygrant.as('ada').post(`/v1/applications/${id}/submission`);
  await dora.patch('/v1/people/bob', { enabled: false });
  const { body } = await keygrant.as('ada').get(`/v1/applications/${id}`);
  expect(body.waitingFor).toEqual([]);
  expect(body.now).toContain('none is available');
  await dora.patch('/v1/people/bob', { enabled: true });
  expect((await decide(keygrant, 'bob', id)).status).toBe(200);
});
