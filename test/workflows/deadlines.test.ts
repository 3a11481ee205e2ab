import { expect, test } from 'vitest';
import { decide, submit } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';

// Hours and days, skipped. The tests build on one another's clock, which only ever moves forward.
const keygrant = await startKeygrant({ time: 'skipping' });
const dora = keygrant.as('dora');

async function storeFlow(level: Record<string, unknown>): Promise<void> {
  const reviewers = { people: [], roles: ['api-owner'] };
  const stored = await dora.put('/v1/flows/default', {
    name: 'Flow',
    levels: [{ name: 'Owners', reviewers, ...level }],
  });
  expect(stored.status).toBe(201);
}

async function mailsAbout(id: string) {
  const { body } = await keygrant.as('emil').get(`/v1/applications/${id}`);
  return body.mails.map(({ kind, to, state }: Record<string, unknown>) => [kind, to, state]);
}

test('a level that asks for two approvals is passed by two different people, whoever they are', async () => {
  for (const id of ['bea', 'both']) {
    await dora.post('/v1/people', { id, name: id, email: `${id}@example.com`, roles: ['api-owner'] });
  }
  await storeFlow({ approvals: 2 });
  const { id } = await submit(keygrant);
  const first = await decide(keygrant, 'ben', id);
  expect(first.body.application.now).toBe(
    'Pending Order: level 1 of 1 (Owners), 1 of 2 approvals, waiting for bea or both',
  );
  expect((await decide(keygrant, 'ben', id)).body.type).toBe('/problems/already-decided');
  expect((await decide(keygrant, 'both', id)).body.application.state).not.toBe('pending');
  const { body } = await keygrant.as('emil').get(`/v1/applications/${id}`);
  expect(body.levels).toMatchObject([
    { approvals: 2, status: 'approved', decisions: [{ by: { id: 'ben' } }, { by: { id: 'both' } }] },
  ]);
});

test('a flow that asks for more approvals than there are people to give them is refused at the submission', async () => {
  await storeFlow({ approvals: 4 });
  await expect(submit(keygrant)).rejects.toThrow();
});

test('reviewers are reminded once, when it is time and not before, and may still decide', async () => {
  await storeFlow({ remindAfterHours: 24 });
  const { id } = await submit(keygrant);
  await keygrant.environment.sleep('23h');
  expect((await mailsAbout(id)).map(([kind]: [string]) => kind)).toEqual(['review']);
  await keygrant.environment.sleep('2h');
  await keygrant.environment.sleep('48h');
  const mails = await mailsAbout(id);
  expect(mails.map(([kind, , state]: string[]) => [kind, state])).toEqual([
    ['review', 'sent'],
    ['reminder', 'sent'],
  ]);
  expect(mails[1][1].toSorted()).toEqual(['bea@example.com', 'ben@example.com', 'both@example.com']);
  const subjects = (await keygrant.mailbox.messages()).map(({ subject }) => subject);
  expect(subjects.filter((subject) => subject.includes('Reminder'))).toHaveLength(1);
  expect((await decide(keygrant, 'bea', id)).status).toBe(200);
});

test('an application that nobody decides is reminded of, then lapses, and its applicant is told', async () => {
  await storeFlow({ remindAfterHours: 24, lapseAfterHours: 72 });
  await dora.patch('/v1/people/ada', { language: 'zh-TW' });
  const { id, dueAt, levels } = await submit(keygrant);
  expect(Date.parse(dueAt) - Date.parse(levels[0].since)).toBe(72 * 3_600_000);
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('lapsed');
  const { body } = await keygrant.as('ada').get(`/v1/applications/${id}`);
  expect(body).toMatchObject({
    state: 'lapsed',
    reason: 'Level 1 (Owners) was not decided within 72 hours.',
  });
  expect((await mailsAbout(id)).map(([kind, , state]: string[]) => [kind, state])).toEqual([
    ['review', 'sent'],
    ['reminder', 'sent'],
    ['lapse', 'sent'],
  ]);
  const mail = (await keygrant.mailbox.messages()).findLast(({ text }) => text.includes(id));
  expect(mail?.text).toContain('> 第 1 關（Owners）在 72 小時內無人做出決定。');
  await dora.patch('/v1/people/ada', { language: null });
  expect((await decide(keygrant, 'ben', id)).body.type).toBe('/problems/not-pending');
});

test('a level whose reviewers are all gone is reminded of once, not for ever, and lapses', async () => {
  await storeFlow({ remindAfterHours: 1, lapseAfterHours: 3, reviewers: { people: ['bea'], roles: [] } });
  const { id } = await submit(keygrant, { expiresOn: '2090-01-01' });
  await dora.patch('/v1/people/bea', { enabled: false });
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('lapsed');
  const { body } = await keygrant.as('emil').get(`/v1/applications/${id}`);
  const reminders = body.timeline.filter(
    ({ action }: { action: string }) => action === 'application.reminded',
  );
  expect(reminders).toHaveLength(1);
});

test('a level that is not decided in time is put before others as well, once, and they decide it', async () => {
  await dora.patch('/v1/people/bea', { enabled: true });
  await dora.post('/v1/people', { id: 'amy', name: 'Amy', email: 'amy@example.com', roles: ['head'] });
  const reviewers = { people: ['ben'], roles: [] };
  const escalateTo = { people: [], roles: ['head'] };
  await storeFlow({ reviewers, escalateAfterHours: 24, escalateTo, lapseAfterHours: 96 });
  const { id } = await submit(keygrant, { expiresOn: '2090-01-01' });
  expect((await keygrant.as('amy').get(`/v1/applications/${id}`)).status).toBe(404);
  await keygrant.environment.sleep('25h');
  const inbox = await keygrant.as('amy').get('/v1/applications?waitingFor=me');
  expect(inbox.body.items).toMatchObject([
    { id, waitingFor: [{ id: 'amy' }, { id: 'ben' }], now: expect.stringContaining('Amy or Ben Okri') },
  ]);
  expect((await mailsAbout(id)).map(([kind, to]: [string, string[]]) => [kind, to])).toEqual([
    ['review', ['ben@example.com']],
    ['escalation', ['amy@example.com', 'ben@example.com']],
  ]);
  const subjects = (await keygrant.mailbox.messages()).map(({ subject }) => subject);
  expect(subjects.filter((subject) => subject.includes('Escalated to you'))).toHaveLength(1);
  const decided = await decide(keygrant, 'amy', id);
  expect([decided.status, decided.body.application?.level]).toEqual([200, null]);
});

test('a level can deny instead of lapse what nobody decides, after its reminder and its escalation', async () => {
  const escalateTo = { people: ['bea'], roles: [] };
  await storeFlow({ remindAfterHours: 10, escalateAfterHours: 20, escalateTo, denyAfterHours: 30 });
  const { id } = await submit(keygrant, { expiresOn: '2090-01-01' });
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('rejected');
  const { body } = await keygrant.as('emil').get(`/v1/applications/${id}`);
  expect(body.reason).toBe('Level 1 (Owners) was not decided within 30 hours.');
  expect(body.mails.map(({ kind, state }: Record<string, string>) => [kind, state])).toEqual([
    ['review', 'sent'],
    ['reminder', 'sent'],
    ['escalation', 'sent'],
    ['rejection', 'sent'],
  ]);
  const rejection = (await keygrant.mailbox.messages()).find(({ subject }) => subject.includes('Denied'));
  expect(rejection?.text).toContain('It was not decided in time');
});

test.each<[string, Record<string, unknown>, string[]]>([
  ['a reminder at the lapse', { remindAfterHours: 5, lapseAfterHours: 5 }, ['remindAfterHours']],
  ['a lapse and a denial', { lapseAfterHours: 5, denyAfterHours: 6 }, ['denyAfterHours']],
  ['an escalation to nobody', { escalateAfterHours: 5 }, ['escalateTo']],
  ['an escalation at no time', { escalateTo: { people: ['bea'], roles: [] } }, ['escalateAfterHours']],
  [
    'an escalation after the end, to somebody unknown',
    { escalateAfterHours: 9, escalateTo: { people: ['ghost'] }, denyAfterHours: 8 },
    ['escalateTo.people', 'escalateAfterHours'],
  ],
])('%s is refused by name', async (_, level, fields) => {
  const levels = [{ name: 'Level', reviewers: { people: ['ben'], roles: [] }, ...level }];
  const refused = await dora.put('/v1/flows/default', { name: 'Flow', levels });
  expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual(
    fields.map((field) => `levels.0.${field}`),
  );
});
