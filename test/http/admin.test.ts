import postgres from 'postgres';
import { describe, expect, test, vi } from 'vitest';
import { draft } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem, fieldsOf } from './problems.ts';
import { everyRow } from './rows.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const dora = keygrant.as('dora');
const ids = ['ada', 'ben', 'emil'] as const;
const api = {
  name: 'Bills',
  method: 'GET',
  path: '/bills',
  upstreamUrl: 'https://bills.internal',
  enabled: true,
};

/** The registries: what is written, and what else would break a rule that only the database knows. */
const registries = [
  [
    'client',
    '/v1/clients',
    { id: 'initech', name: 'Initech', emails: ['it@initech.example'], enabled: true },
    { id: 'other' },
  ],
  ['api', '/v1/apis', { id: 'bills', ...api }, { id: 'other' }],
  [
    'person',
    '/v1/people',
    { id: 'zoe', name: 'Zoe', email: 'zoe@example.com', roles: ['legal'], enabled: true },
    {},
  ],
] as const;

describe.each(registries)('%s', (noun, path, entry, other) => {
  const one = `${path}/${entry.id}`;
  const lastEvent = async () => (await dora.get(`/v1/audit?subjectId=${entry.id}&limit=1`)).body.items[0];

  test('is added once, with its line on record', async () => {
    const created = await dora.post(path, entry);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...entry, revision: 1 });
    expect([created.headers.get('location'), created.headers.get('etag')]).toEqual([one, '"1"']);
    expect((await dora.get(one)).body).toEqual(created.body);
    const requestId = created.headers.get('x-request-id');
    const subject = { type: noun, id: entry.id };
    expect(await lastEvent()).toMatchObject({
      action: `${noun}.added`,
      actor: 'dora',
      subject,
      requestId,
      details: entry,
    });
    const before = await everyRow(keygrant.db);
    expectProblem(await dora.post(path, entry), 409, 'already-exists');
    expectProblem(await dora.post(path, { ...entry, ...other }), 409, 'already-exists');
    expect(await everyRow(keygrant.db)).toEqual(before);
  });

  test('is changed field by field, from the revision that was seen, and says so on record', async () => {
    const changed = await dora.patch(one, { name: 'Renamed' });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect(changed.body).toMatchObject({ ...entry, name: 'Renamed', revision: 2 });
    expect(await lastEvent()).toMatchObject({
      action: `${noun}.changed`,
      actor: 'dora',
      details: { name: 'Renamed' },
    });
    const before = await everyRow(keygrant.db);
    expectProblem(await dora.patch(one, { name: 'Too late' }, 1), 412, 'revision-changed');
    expectProblem(await dora.patch(`${path}/nobody`, { name: 'Nobody' }, 1), 404, 'not-found');
    for (const field of ['id', 'revision', 'createdAt']) {
      expect(fieldsOf(await dora.patch(one, { [field]: '2' }, 2))).toEqual([field]);
    }
    expect(await everyRow(keygrant.db)).toEqual(before);
    const race = await Promise.all([...Array(5)].map(() => dora.patch(one, { enabled: false }, 2)));
    expect(race.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(race.filter(({ status }) => status === 412)).toHaveLength(4);
  });

  test('is changed by admins alone', async () => {
    const before = await everyRow(keygrant.db);
    for (const person of [...ids.map((id) => keygrant.as(id)), keygrant.asPortal('ada')]) {
      expectProblem(await person.post(path, { ...entry, id: 'mine' }), 403, 'forbidden');
      const change = await person.call('PATCH', one, { name: 'Mine' }, { 'if-match': '"3"' });
      expectProblem(change, 403, 'forbidden');
    }
    expect(await everyRow(keygrant.db)).toEqual(before);
  });
});

test('a path that another API has is refused on a change too', async () => {
  expectProblem(await dora.patch('/v1/apis/prices', { path: '/orders' }), 409, 'already-exists');
});

test('a person who is disabled is out at once', async () => {
  expect((await keygrant.as('emil').get('/v1/audit')).status).toBe(200);
  await dora.patch('/v1/people/emil', { enabled: false });
  expectProblem(await keygrant.as('emil').get('/v1/audit'), 403, 'person-disabled');
  await dora.patch('/v1/people/emil', { enabled: true });
});

test('nothing changes when its line cannot be written to the record', async () => {
  const { id } = (await keygrant.as('ada').post('/v1/applications', draft())).body;
  const owner = postgres(keygrant.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
    create trigger refuse before insert on audit for each row execute function refuse();`);
  // Each of these is logged as the failure it is, which the harness would show.
  const shown = vi.spyOn(console, 'error').mockReturnValue();
  const before = await everyRow(keygrant.db);
  const { name, levels } = (await dora.get('/v1/flows/default')).body;
  const ada = keygrant.as('ada');
  const answers = [
    await dora.post('/v1/clients', { id: 'new', name: 'New', emails: ['new@example.com'] }),
    await dora.patch('/v1/people/ben', { enabled: false }),
    await dora.put('/v1/flows/default', { name, levels }),
    await ada.post('/v1/applications', draft()),
    await ada.patch(`/v1/applications/${id}`, { quota: 3 }),
    await ada.call('DELETE', `/v1/applications/${id}`, undefined, { 'if-match': '"1"' }),
  ];
  await owner`drop trigger refuse on audit`;
  await owner.end();
  expect(shown).toHaveBeenCalledTimes(answers.length);
  shown.mockRestore();
  for (const answer of answers) expectProblem(answer, 500, 'internal');
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain('disk');
  expect(await everyRow(keygrant.db)).toEqual(before);
});
