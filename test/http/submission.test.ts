import { eq } from 'drizzle-orm';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { applications } from '../../src/db/schema/applications.ts';
import { draft } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem, fieldsOf } from './problems.ts';

const keygrant = await startKeygrant();
const ada = keygrant.as('ada');
const dora = keygrant.as('dora');
const bea = { id: 'bea', name: 'Bea', email: 'bea@example.com', roles: ['applicant'] };
expect((await dora.post('/v1/people', bea)).status).toBe(201);

async function save(change: Record<string, unknown> = {}) {
  const { body } = await ada.post('/v1/applications', draft(change));
  return `/v1/applications/${body.id}`;
}
const actionsOn = async (path: string) => {
  const { body } = await dora.get(`/v1/audit?subjectId=${path.split('/').at(-1)}`);
  return body.items.map(({ action }: { action: string }) => action);
};
const submitted = (actions: string[]) => actions.filter((action) => action.startsWith('application.submi'));

test('without any flow nothing is submitted, and the answer says who can help', async () => {
  const owner = postgres(keygrant.ownerUrl, { max: 1 });
  const stored = (await dora.get('/v1/flows/default')).body;
  await owner`delete from flow_levels`;
  await owner`delete from flows`;
  await owner.end();
  const path = await save();
  const refused = await ada.post(`${path}/submission`);
  expectProblem(refused, 422, 'level-without-reviewer');
  expect(refused.body.detail).toContain('an admin must store one');
  const { name, levels } = stored;
  await dora.put('/v1/flows/default', { name, levels });
  expect((await ada.post(`${path}/submission`)).body.state).toBe('pending');
});

test('ten clicks at once are one submission: one run, one round, one line on record, one answer', async () => {
  const path = await save();
  const answers = await Promise.all([...Array(10)].map(() => ada.post(`${path}/submission`)));
  for (const { status, body } of answers) {
    expect([status, body.state, body.round, body.level]).toEqual([200, 'pending', 1, 1]);
    expect(body.digest).toBe(answers[0]?.body.digest);
  }
  expect(submitted(await actionsOn(path))).toEqual(['application.submitted']);
  const id = path.split('/').at(-1) ?? '';
  const [row] = await keygrant.db.select().from(applications).where(eq(applications.id, id));
  const { runId } = await keygrant.client.workflow.getHandle(id).describe();
  expect(row).toMatchObject({ round: 1, workflowRun: runId });
});

test('a repetition later, with or without key and revision, answers where it stands and changes nothing', async () => {
  const path = await save();
  const first = await ada.post(`${path}/submission`, undefined, {
    'idempotency-key': 'a',
    'if-match': '"1"',
  });
  for (const headers of [{}, { 'idempotency-key': 'a' }, { 'idempotency-key': 'b' }, { 'if-match': '"1"' }]) {
    const again = await ada.post(`${path}/submission`, undefined, headers);
    expect([again.status, again.body.digest, again.body.revision]).toEqual([200, first.body.digest, 2]);
  }
  expect(submitted(await actionsOn(path))).toEqual(['application.submitted']);
});

test('a submission that names another revision than the present one is refused', async () => {
  const path = await save();
  await ada.patch(path, { quota: 7 });
  expectProblem(
    await ada.post(`${path}/submission`, undefined, { 'if-match': '"1"' }),
    412,
    'revision-changed',
  );
  const answer = await ada.post(`${path}/submission`, undefined, { 'if-match': '"2"' });
  expect([answer.status, answer.body.quota]).toEqual([200, 7]);
});

test('what was submitted can be neither edited nor deleted', async () => {
  const path = await save();
  const { headers } = await ada.post(`${path}/submission`);
  const ifMatch = { 'if-match': headers.get('etag') ?? '' };
  expectProblem(await ada.call('PATCH', path, { quota: 5 }, ifMatch), 409, 'not-editable');
  expectProblem(await ada.call('DELETE', path, undefined, ifMatch), 409, 'not-editable');
  expect((await ada.get(path)).body).toMatchObject({ state: 'pending', quota: 1000, revision: 2 });
});

test("somebody else's draft does not exist for them", async () => {
  const path = await save();
  expectProblem(await keygrant.as('bea').post(`${path}/submission`), 404, 'not-found');
  expectProblem(await keygrant.as('ben').post(`${path}/submission`), 403, 'forbidden');
  expect((await ada.get(path)).body.state).toBe('draft');
});

test('a client or an API that was disabled since is named, and the draft is kept', async () => {
  const path = await save({ clientId: 'globex', apiIds: ['orders-list', 'prices', 'orders-read'] });
  await dora.patch('/v1/clients/globex', { enabled: false });
  await dora.patch('/v1/apis/prices', { enabled: false });
  const refused = await ada.post(`${path}/submission`);
  expectProblem(refused, 422, 'invalid');
  expect(fieldsOf(refused)).toEqual(['clientId', 'apiIds']);
  expect(refused.body.errors[1].message).toBe('Not registered or not enabled: prices.');
  await dora.patch('/v1/clients/globex', { enabled: true });
  await dora.patch('/v1/apis/prices', { enabled: true });
  expect((await ada.post(`${path}/submission`)).body.state).toBe('pending');
});

test('a flow with a level that nobody but the applicant could decide is named, and the draft is kept', async () => {
  const path = await save();
  const store = (reviewers: object) =>
    dora.put('/v1/flows/default', {
      name: 'Changed',
      levels: [
        { name: 'First', reviewers: { people: ['ben'], roles: [] } },
        { name: 'Second', reviewers },
      ],
    });
  const stores = [
    { people: ['ada'], roles: [] },
    { people: [], roles: ['nobody-has-it'] },
    { people: ['ben'], roles: [] },
  ];
  for (const reviewers of stores) {
    expect((await store(reviewers)).status).toBe(201);
    const refused = await ada.post(`${path}/submission`);
    expectProblem(refused, 422, 'level-without-reviewer');
    expect(refused.body.detail).toContain('Level 2 (Second)');
  }
  await store({ people: ['cleo'], roles: [] });
  await dora.patch('/v1/people/cleo', { enabled: false });
  expectProblem(await ada.post(`${path}/submission`), 422, 'level-without-reviewer');
  await dora.patch('/v1/people/cleo', { enabled: true });
  expect((await ada.post(`${path}/submission`)).body.state).toBe('pending');
  expect(submitted(await actionsOn(path))).toEqual(['application.submitted']);
});

test('a submission is answered for itself, not with the refusal of the one before', async () => {
  const path = await save();
  await keygrant.stopWorker();
  expect((await ada.post(`${path}/submission`)).status).toBe(202);
  await ada.patch(path, { quota: 5 });
  await keygrant.startWorker();
  const refusal = await eventually(async () => (await ada.get(path)).body.refusal ?? undefined);
  expect(refusal.code).toBe('revision-changed');
  const again = await ada.post(`${path}/submission`);
  expect([again.status, again.body.state, again.body.refusal]).toEqual([200, 'pending', null]);
});
