import { expect, test } from 'vitest';
import { lockChain } from '../../src/db/audit.ts';
import { applications } from '../../src/db/schema/applications.ts';
import { day, draft } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem, fieldsOf } from './problems.ts';

const keygrant = await startKeygrant({ worker: false });
const ada = keygrant.as('ada');
const save = async (body: object) => (await ada.post('/v1/applications', body)).body;
const violated = (body: { violations: { field: string }[] }) => [
  ...new Set(body.violations.map(({ field }) => field)),
];

test('a draft is saved at any stage of completeness, and says what a submission would still be refused for', async () => {
  const all = ['clientId', 'keyName', 'description', 'effectiveOn', 'expiresOn', 'quota', 'apiIds'];
  const complete: Record<string, unknown> = draft();
  expect(violated(await save({}))).toEqual(all);
  for (const field of all) {
    const { [field]: _, ...rest } = complete;
    const created = await ada.post('/v1/applications', rest);
    expect([created.status, created.body.state, violated(created.body)]).toEqual([201, 'draft', [field]]);
    expect(violated(await save({ [field]: complete[field] }))).toEqual(
      all.filter((other) => other !== field),
    );
  }
  expect(violated(await save(complete))).toEqual([]);
});

test('what is malformed and what does not exist is reported together, each by its field', async () => {
  const body = {
    ...draft(),
    keyName: 'a\u0007',
    clientId: 'nobody',
    quota: 0,
    apiIds: ['orders-list', 'gone'],
    extra: 1,
  };
  const refused = await ada.post('/v1/applications', body);
  expectProblem(refused, 422, 'invalid');
  expect(fieldsOf(refused).toSorted()).toEqual(['apiIds', 'clientId', 'extra', 'keyName', 'quota']);
  expect(refused.body.errors.find(({ field }: { field: string }) => field === 'apiIds').message).toContain(
    'gone',
  );
  const { id } = await save(draft());
  expect(fieldsOf(await ada.patch(`/v1/applications/${id}`, body)).toSorted()).toEqual(
    fieldsOf(refused).toSorted(),
  );
});

test('a submission is refused with every broken rule at once, and the draft is kept', async () => {
  const created = await save({ effectiveOn: day(5), expiresOn: day(-5) });
  const refused = await ada.post(`/v1/applications/${created.id}/submission`);
  expectProblem(refused, 422, 'invalid');
  const fields = ['clientId', 'keyName', 'description', 'expiresOn', 'expiresOn', 'quota', 'apiIds'];
  expect(fieldsOf(refused)).toEqual(fields);
  expect((await ada.get(`/v1/applications/${created.id}`)).body).toEqual(created);
});

test('an edit names the revision it was made from: none is 428, an old one 412', async () => {
  const path = `/v1/applications/${(await save(draft())).id}`;
  expectProblem(await ada.call('PATCH', path, { quota: 5 }), 428, 'precondition-required');
  const edited = await ada.patch(path, { quota: 5 }, 1);
  expect([edited.status, edited.headers.get('etag'), edited.body.quota]).toEqual([200, '"2"', 5]);
  expectProblem(await ada.patch(path, { quota: 6 }, 1), 412, 'revision-changed');
  expectProblem(await ada.call('DELETE', path, undefined, { 'if-match': '"1"' }), 412, 'revision-changed');
  expect((await ada.get(path)).body).toMatchObject({ quota: 5, revision: 2, keyName: 'Orders for the shop' });
});

test('of edits at the same moment exactly one wins, whole', async () => {
  const path = `/v1/applications/${(await save(draft())).id}`;
  const edits = [...Array(10).keys()].map((n) =>
    ada.patch(path, { keyName: `Edit ${n}`, quota: n + 1, apiIds: n % 2 ? ['prices'] : ['orders-list'] }, 1),
  );
  const answers = await Promise.all(edits);
  expect(answers.map(({ status }) => `${status}`).toSorted()).toEqual(['200', ...Array(9).fill('412')]);
  const winner = answers.findIndex(({ status }) => status === 200);
  expect((await ada.get(path)).body).toMatchObject({
    keyName: `Edit ${winner}`,
    quota: winner + 1,
    apis: [{ id: winner % 2 ? 'prices' : 'orders-list' }],
    revision: 2,
  });
});

test('null empties a field, an empty list the APIs, and what is not named stays', async () => {
  const { id } = await save(draft());
  const emptied = await ada.patch(`/v1/applications/${id}`, {
    clientId: null,
    quota: null,
    expiresOn: null,
    apiIds: [],
  });
  expect(emptied.body).toMatchObject({ client: null, quota: null, expiresOn: null, apis: [] });
  expect(emptied.body).toMatchObject({ keyName: 'Orders for the shop', effectiveOn: day(0) });
});

test('a deleted draft is gone, and its deletion is on record', async () => {
  const { id } = await save(draft());
  expectProblem(await ada.call('DELETE', `/v1/applications/${id}`), 428, 'precondition-required');
  expect((await ada.call('DELETE', `/v1/applications/${id}`, undefined, { 'if-match': '"1"' })).status).toBe(
    204,
  );
  expectProblem(await ada.get(`/v1/applications/${id}`), 404, 'not-found');
  const { items } = (await keygrant.as('emil').get(`/v1/audit?subjectId=${id}`)).body;
  expect(items.map(({ action }: { action: string }) => action)).toEqual([
    'application.deleted',
    'application.drafted',
  ]);
});

test('the same Idempotency-Key is the same draft, however often and however fast it is sent', async () => {
  const before = await keygrant.db.$count(applications);
  const { keyName, quota, ...others } = draft();
  const bodies = [
    { keyName, quota, ...others },
    { ...others, quota, keyName },
  ];
  const send = (n: number) => ada.post('/v1/applications', bodies[n % 2], { 'idempotency-key': 'retry-1' });
  const answers = await Promise.all([...Array(20).keys()].map(send));
  expect(answers.map(({ status }) => `${status}`).toSorted()).toEqual([...Array(19).fill('200'), '201']);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(await keygrant.db.$count(applications)).toBe(before + 1);
  expectProblem(
    await ada.post('/v1/applications', draft({ quota: 2 }), { 'idempotency-key': 'retry-1' }),
    422,
    'idempotency-key-reused',
  );
});

test.each([-1, 1, 2_147_483_647])('the quota %d is taken', async (quota) => {
  expect(await save(draft({ quota }))).toMatchObject({ quota, violations: [] });
});

test.each([0, -2, 1.5, 2_147_483_648, '5', true])('the quota %j is refused by name', async (quota) => {
  expect(fieldsOf(await ada.post('/v1/applications', draft({ quota })))).toEqual(['quota']);
});

test.each([
  ['today alone', day(0), day(0), []],
  ['a key that has been in effect', day(-30), day(0), []],
  ['an expiry before the effective date', day(9), day(8), ['expiresOn']],
  ['an expiry in the past', day(-2), day(-1), ['expiresOn']],
])('dates: %s', async (_, effectiveOn, expiresOn, fields) => {
  expect(violated(await save(draft({ effectiveOn, expiresOn })))).toEqual(fields);
});

test.each(['2026-02-30', '2027-02-29', '2026-13-01', '0000-01-01', '01.02.2027', ''])(
  'the day %j does not exist and is refused by name',
  async (expiresOn) => {
    expect(fieldsOf(await ada.post('/v1/applications', draft({ expiresOn })))).toEqual(['expiresOn']);
  },
);

test('where the database keeps a change waiting too long, it is not made, and the answer says to try again', async () => {
  const before = (await keygrant.as('dora').get('/v1/clients/globex')).body;
  const answer = await keygrant.db.transaction(async (tx) => {
    await lockChain(tx);
    return keygrant.as('dora').patch('/v1/clients/globex', { name: 'Globex Two' });
  });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  expect((await keygrant.as('dora').get('/v1/clients/globex')).body).toEqual(before);
});
