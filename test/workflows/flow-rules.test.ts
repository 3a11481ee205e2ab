import { beforeAll, expect, test } from 'vitest';
import { day, decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const [ada, dora] = [keygrant.as('ada'), keygrant.as('dora')];

beforeAll(async () => {
  for (const id of ['bea', 'both']) {
    const roles = id === 'both' ? ['api-owner', 'security'] : ['api-owner'];
    await dora.post('/v1/people', { id, name: id, email: `${id}@example.com`, roles });
  }
});

const owners = { name: 'Owners', reviewers: { people: [], roles: ['api-owner'] } };
const security = { name: 'Security', reviewers: { people: [], roles: ['security'] } };

async function store(id: string, levels: object[], rest: object = {}): Promise<void> {
  const stored = await dora.put(`/v1/flows/${id}`, { name: id, levels, ...rest });
  expect(stored.body).toMatchObject({ id, ...rest });
}

const look = async (id: string) => (await ada.get(`/v1/applications/${id}`)).body;

/** Until the workflow has issued the key. */
const issued = (id: string) =>
  eventually(async () => ((await look(id)).state === 'issued' ? look(id) : undefined));

test('several denials are needed where the level says so, and the applicant is told of the last', async () => {
  await store('default', [{ ...owners, denials: 2 }]);
  const { id } = await submit(keygrant);
  const first = await decide(keygrant, 'ben', id, 'deny');
  expect(first.body.application).toMatchObject({ state: 'pending', level: 1, reason: null });
  expect(first.body.application.now).toContain('1 of 2 denials');
  const second = await decide(keygrant, 'bea', id, 'deny', 'Not this way.');
  expect(second.body.application).toMatchObject({ state: 'rejected', reason: 'Not this way.' });
});

test('an approval without the comment that the level asks for is refused by name', async () => {
  await store('default', [{ ...owners, commentRequired: true }]);
  const { id, levels } = await submit(keygrant);
  expect(levels).toMatchObject([{ commentRequired: true }]);
  const refused = await decide(keygrant, 'ben', id, 'approve', ' ');
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ field: 'comment' }]]);
  expect((await decide(keygrant, 'ben', id, 'approve', 'As agreed.')).status).toBe(200);
});

test('somebody who reviews two levels decides once, at each, or once for both, as the flow says', async () => {
  await store('default', [owners, security], { repeatedReviewers: 'asked' });
  const asked = await submit(keygrant);
  expect((await decide(keygrant, 'both', asked.id)).body.application.level).toBe(2);
  expect((await decide(keygrant, 'both', asked.id)).body.application.level).toBe(null);

  await store('default', [owners, security], { repeatedReviewers: 'counted' });
  const counted = await submit(keygrant);
  expect((await decide(keygrant, 'both', counted.id)).body.application.level).toBe(null);
  const { levels } = await issued(counted.id);
  expect(levels).toMatchObject([
    { status: 'approved', decisions: [{ by: { id: 'both' } }] },
    { status: 'approved', decisions: [{ by: { id: 'both' } }] },
  ]);
  const other = await submit(keygrant);
  expect((await decide(keygrant, 'ben', other.id)).body.application.level).toBe(2);
  expect((await decide(keygrant, 'both', other.id)).body.application.level).toBe(null);
});

test('a level is passed by where a rule of it holds, and says why; a level that is asked is still asked', async () => {
  const skipWhen = [{ quotaUpTo: 100, validityUpToDays: 30 }, { onlyApis: ['prices'] }];
  await store('default', [owners, { ...security, skipWhen }]);
  const small = await submit(keygrant, { quota: 100, expiresOn: day(29) });
  expect(small.levels).toMatchObject([
    { status: 'open', skipped: null },
    {
      status: 'skipped',
      skipped: 'its quota is at most 100 calls and it is valid for at most 30 days',
    },
  ]);
  expect((await decide(keygrant, 'ben', small.id)).body.application.level).toBe(null);
  await issued(small.id);
  const prices = await submit(keygrant, { quota: -1, apiIds: ['prices'] });
  expect(prices.levels[1].skipped).toBe('it asks for no other API than prices');
  for (const change of [
    { quota: 101, expiresOn: day(29) },
    { quota: 100, expiresOn: day(30) },
    { quota: -1 },
  ]) {
    const { id, levels } = await submit(keygrant, change);
    expect(levels[1]).toMatchObject({ status: 'ahead', skipped: null });
    expect((await decide(keygrant, 'ben', id)).body.application.level).toBe(2);
  }
});

test('which flow an application takes depends on its kind, client, quota and APIs; one without levels approves by itself', async () => {
  await store('default', [owners]);
  await store('open-data', [], { appliesTo: [{ onlyApis: ['prices'], quotaUpTo: 1000 }], priority: 20 });
  await store('careful', [security, owners], { appliesTo: [{ anyApi: ['orders-create'] }], priority: 10 });
  expect((await submit(keygrant)).flow.id).toBe('default');
  const careful = await submit(keygrant, { apiIds: ['orders-create', 'prices'], quota: 5 });
  expect([careful.flow.id, careful.waitingFor[0].id]).toEqual(['careful', 'cleo']);

  const { id, flow, state, mails } = await submit(keygrant, { apiIds: ['prices'], quota: 5 });
  expect(flow.id).toBe('open-data');
  expect(['approved', 'issued']).toContain(state);
  expect(mails.filter(({ kind }: { kind: string }) => kind === 'review')).toEqual([]);
  const { timeline, levels } = await issued(id);
  expect(levels).toEqual([]);
  expect(timeline.map(({ words }: { words: string }) => words)).toContain(
    'Approved by the flow, which asks nobody',
  );

  // It keeps its flow, and its version of it, while new ones are stored.
  await store('careful', [owners], { appliesTo: [] });
  expect((await look(careful.id)).levels).toHaveLength(2);
  expect((await submit(keygrant, { apiIds: ['orders-create'] })).flow.id).toBe('default');
});

test('a preview says who would have to approve and when the mail would leave, and stores nothing', async () => {
  await store('default', [owners, { ...security, skipWhen: [{ quotaUpTo: 10 }] }]);
  const { total } = await countApplications();
  const preview = await ada.post('/v1/flows/default/preview', draft());
  expect(preview.status).toBe(200);
  expect(preview.body).toMatchObject({ applies: true, trouble: null, violations: [] });
  expect(preview.body.words).toMatch(
    /^It would need Ben Okri, bea or both, then Cleo Wang or both; the mail would leave at \d{4}-\d\d-\d\d \d\d:\d\d \(Asia\/Taipei\) if that were done now\.$/,
  );
  const leaves = Date.parse(preview.body.mailWouldLeaveAt) - Date.now();
  expect(leaves).toBeGreaterThan(59 * 60_000);
  const small = await ada.post('/v1/flows/default/preview', draft({ quota: 10, apiIds: [] }));
  expect(small.body.levels).toMatchObject([{ skipped: null }, { skipped: 'its quota is at most 10 calls' }]);
  expect(small.body.violations).toMatchObject([{ field: 'apiIds' }]);
  const other = await ada.post('/v1/flows/open-data/preview', draft());
  expect(other.body).toMatchObject({ applies: false, words: expect.stringContaining('approved at once') });
  expect(await countApplications()).toEqual({ total });

  const created = await ada.post('/v1/applications', draft({ apiIds: ['prices'] }));
  const own = await ada.get(`/v1/applications/${created.body.id}/preview`);
  expect(own.body).toMatchObject({ applies: true, flow: { id: 'open-data' }, levels: [] });
  expect((await keygrant.as('ben').get(`/v1/applications/${created.body.id}/preview`)).status).toBe(403);
});

async function countApplications() {
  const [row] = await keygrant.db.execute('select count(*)::int as total from applications');
  return { total: row?.['total'] };
}

test('a reviewer sees what changed since the round before, and an edited draft shows it to its applicant', async () => {
  await store('default', [owners]);
  const { id, changes } = await submit(keygrant);
  expect(changes).toEqual([]);
  await decide(keygrant, 'ben', id, 'return', 'Fewer APIs, please.');
  await ada.patch(`/v1/applications/${id}`, { apiIds: ['orders-list'], quota: -1 });
  const expected = [
    {
      comparedWith: 'previous-round',
      fields: [
        { field: 'quota', before: 1000, after: -1 },
        { field: 'apiIds', before: ['orders-list', 'orders-read'], after: ['orders-list'] },
      ],
    },
  ];
  expect((await look(id)).changes).toEqual(expected);
  await ada.post(`/v1/applications/${id}/submission`);
  expect((await keygrant.as('ben').get(`/v1/applications/${id}`)).body.changes).toEqual(expected);
});

test('only those whom the flow names may hold the mail back', async () => {
  await store('default', [owners], { stoppableBy: ['admin'] });
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  await issued(id);
  for (const who of ['ada', 'ben']) {
    const refused = await keygrant.as(who).post(`/v1/applications/${id}/hold`);
    expect(refused.body.type).toBe('/problems/not-concerned');
  }
  expect((await dora.post(`/v1/applications/${id}/hold`)).body.application.heldBy).toBe('dora');
});
