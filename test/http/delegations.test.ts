import { expect, test } from 'vitest';
import { day, decide, submit } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem, fieldsOf } from './problems.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const [ada, ben, amy, dora] = ['ada', 'ben', 'amy', 'dora'].map((id) => keygrant.as(id)) as [
  ReturnType<typeof keygrant.as>,
  ReturnType<typeof keygrant.as>,
  ReturnType<typeof keygrant.as>,
  ReturnType<typeof keygrant.as>,
];
await dora.post('/v1/people', { id: 'amy', name: 'Amy', email: 'amy@example.com', roles: [] });
const week = { endsAt: `${day(7)}T00:00:00Z` };
const waitingFor = async (who: string) =>
  (await keygrant.as(who).get('/v1/applications?waitingFor=me')).body.items.map(
    ({ id }: { id: string }) => id,
  );

/** Approves what ben could see, whether this person can see it or not. */
const press = (who: string, { id, digest }: { id: string; digest: string }) =>
  keygrant.as(who).post(`/v1/applications/${id}/decisions`, { verdict: 'approve', digest });

test('a deputy is told, sees what waits, decides in the other’s place, and the record says so', async () => {
  const before = await submit(keygrant);
  expectProblem(await amy.get(`/v1/applications/${before.id}`), 404, 'not-found');
  expectProblem(await press('amy', before), 404, 'not-found');
  const given = await ben.post('/v1/delegations', { deputyId: 'amy', reason: 'Holidays', ...week });
  expect(given.body).toMatchObject({ delegator: { id: 'ben' }, deputy: { id: 'amy' }, reason: 'Holidays' });
  expect(await waitingFor('amy')).toEqual([before.id]);

  const after = await submit(keygrant);
  expect(after.waitingFor).toEqual([
    { id: 'ben', name: 'Ben Okri' },
    { id: 'amy', name: 'Amy' },
  ]);
  const decided = await decide(keygrant, 'amy', after.id);
  expect(decided.body.application).toMatchObject({
    level: 2,
    levels: [{ decisions: [{ by: { id: 'amy' }, inPlaceOf: { id: 'ben', name: 'Ben Okri' } }] }, {}],
  });
  // The voice is given: neither of them decides in this round again, not even at another level.
  expectProblem(await decide(keygrant, 'ben', after.id), 409, 'already-decided');
  expectProblem(await decide(keygrant, 'amy', after.id), 409, 'already-decided');
  expect(await waitingFor('ben')).toEqual([before.id]);
  const mails = await keygrant.mailbox.messages();
  const review = mails.find(({ text }) => text.includes(after.id));
  expect(JSON.stringify(review?.to)).toContain('amy@example.com');
});

test('nobody decides their own application through a deputy, nor as one', async () => {
  await dora.patch('/v1/people/ben', { roles: ['api-owner', 'applicant'] });
  const created = await ben.post('/v1/applications', {
    clientId: 'acme',
    keyName: 'Mine',
    description: 'For me.',
    effectiveOn: day(0),
    expiresOn: day(9),
    quota: 1,
    apiIds: ['prices'],
  });
  await dora.post('/v1/people', { id: 'bob', name: 'Bob', email: 'bob@example.com', roles: ['api-owner'] });
  const submitted = await ben.post(`/v1/applications/${created.body.id}/submission`);
  expect(submitted.status).toBe(200);
  expect(await waitingFor('amy')).not.toContain(created.body.id);
  expectProblem(await press('amy', submitted.body), 403, 'own-application');
  await keygrant.as('bob').post('/v1/delegations', { deputyId: 'ben', ...week });
  expect(await waitingFor('ben')).not.toContain(created.body.id);
  expectProblem(await decide(keygrant, 'ben', created.body.id), 403, 'own-application');
  expect((await decide(keygrant, 'bob', created.body.id)).status).toBe(200);
});

test('a delegation that is ended, or whose giver is disabled, gives nothing; whoever gave it ends it, once', async () => {
  const submitted = await submit(keygrant);
  const { id } = submitted;
  const [{ id: delegation }] = (await ben.get('/v1/delegations?open=true')).body.items.filter(
    ({ deputy }: { deputy: { id: string } }) => deputy.id === 'amy',
  );
  await dora.patch('/v1/people/ben', { enabled: false });
  expectProblem(await press('amy', submitted), 404, 'not-found');
  await dora.patch('/v1/people/ben', { enabled: true });
  expect(await waitingFor('amy')).toContain(id);
  expectProblem(await amy.post(`/v1/delegations/${delegation}/end`), 403, 'forbidden');
  expectProblem(await ada.post(`/v1/delegations/${delegation}/end`), 404, 'not-found');
  expect((await ben.post(`/v1/delegations/${delegation}/end`)).status).toBe(200);
  expectProblem(await ben.post(`/v1/delegations/${delegation}/end`), 409, 'delegation-ended');
  expect(await waitingFor('amy')).toEqual([]);
  // What she has decided stays hers to see.
  expectProblem(await amy.get(`/v1/applications/${id}`), 404, 'not-found');
});

test('a delegation that could not be is refused by name, and nobody delegates for others but an admin', async () => {
  const refused = await ben.post('/v1/delegations', {
    deputyId: 'ben',
    startsAt: `${day(400)}T00:00:00Z`,
    endsAt: `${day(7)}T00:00:00Z`,
  });
  expectProblem(refused, 422, 'invalid');
  expect(fieldsOf(refused)).toEqual(['deputyId', 'endsAt']);
  expect(
    fieldsOf(await ben.post('/v1/delegations', { deputyId: 'ghost', endsAt: `${day(500)}T00:00:00Z` })),
  ).toEqual(['deputyId', 'endsAt']);
  expectProblem(
    await amy.post('/v1/delegations', { deputyId: 'amy', delegatorId: 'cleo', ...week }),
    403,
    'forbidden',
  );
  const away = await dora.post('/v1/delegations', { deputyId: 'amy', delegatorId: 'cleo', ...week });
  expect(away.body).toMatchObject({ delegator: { id: 'cleo' }, createdBy: 'dora' });
});

test('several applications are decided in one request, each with its own outcome', async () => {
  const [one, two, three] = [await submit(keygrant), await submit(keygrant), await submit(keygrant)];
  const of = ({ id, digest }: { id: string; digest: string }, verdict = 'approve') => ({
    applicationId: id,
    verdict,
    digest,
  });
  const decisions = [of(one), of(two, 'deny'), { ...of(three), digest: '0'.repeat(64) }];
  const headers = { 'idempotency-key': 'monday' };
  const { status, body } = await ben.post('/v1/decisions', { decisions }, headers);
  expect(status).toBe(200);
  expect(body.items).toMatchObject([
    { applicationId: one.id, status: 200, outcome: 'recorded', problem: null },
    { applicationId: two.id, status: 422, problem: { code: 'comment-required' } },
    { applicationId: three.id, status: 409, problem: { code: 'stale-digest' } },
  ]);
  const again = await ben.post('/v1/decisions', { decisions }, headers);
  expect(again.body.items[0]).toEqual(body.items[0]);
  expect((await ada.get(`/v1/applications/${one.id}`)).body.level).toBe(2);
  const twice = await ben.post('/v1/decisions', { decisions: [of(two), of(two)] });
  expect(fieldsOf(twice)).toEqual(['decisions.1.applicationId']);
});

test('reviewers find their colleagues by name, and learn nothing else of them', async () => {
  const { status, body } = await ben.get('/v1/colleagues?q=a');
  expect(status).toBe(200);
  expect(body.items).toContainEqual({ id: 'cleo', name: 'Cleo Wang', enabled: true });
  // A program reviews nothing, and is nobody's deputy.
  expect(body.items.map(({ id }: { id: string }) => id)).not.toContain('partner-portal');
  const page = await ben.get('/v1/colleagues?limit=1');
  const next = await ben.get(`/v1/colleagues?limit=1&cursor=${page.body.next}`);
  expect([page.body.items[0].id, next.body.items[0].id]).toEqual(['ada', 'amy']);
  expectProblem(await ada.get('/v1/colleagues'), 403, 'forbidden');
});
