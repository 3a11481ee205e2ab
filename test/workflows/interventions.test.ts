import { expect, test } from 'vitest';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';

// On the real server with a short delay, since people act in the middle of it.
const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '3s' } });
await keygrant
  .as('dora')
  .post('/v1/people', { id: 'bob', name: 'Bob', email: 'bob@example.com', roles: ['applicant'] });

const say = (who: string, id: string, what: string, comment = '') =>
  keygrant.as(who).post(`/v1/applications/${id}/${what}`, { comment });

async function reach(id: string, state: string) {
  return eventually(async () => {
    const { body } = await keygrant.as('emil').get(`/v1/applications/${id}`);
    return body.state === state ? body : undefined;
  });
}

async function issued(): Promise<string> {
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
  await reach(id, 'issued');
  return id;
}

async function credentialsOf(id: string) {
  return (await keygrant.mailbox.messages()).filter(
    ({ text, subject }) => subject.includes('Result') && text.includes(id),
  );
}

test('a reviewer returns an application with a comment; edited and submitted again, every level starts afresh', async () => {
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  const silent = await decide(keygrant, 'cleo', id, 'return', ' ');
  expect(silent.body.type).toBe('/problems/comment-required');
  const returned = await decide(keygrant, 'cleo', id, 'return', 'Half the quota would do.');
  expect(returned.body.application).toMatchObject({
    state: 'returned',
    reason: 'Half the quota would do.',
    violations: [],
  });
  expect(returned.body.application.levels[1]).toMatchObject({
    status: 'returned',
    decisions: [{ by: { id: 'cleo' }, act: 'return' }],
  });
  await keygrant.client.workflow.getHandle(id).result();
  const mail = (await keygrant.mailbox.messages()).findLast(({ subject }) => subject.includes('Please edit'));
  expect(mail).toMatchObject({ to: ['ada@example.com'] });
  expect(mail?.text).toContain('Half the quota would do.');

  await keygrant.as('ada').patch(`/v1/applications/${id}`, { quota: 500 });
  const again = await keygrant.as('ada').post(`/v1/applications/${id}/submission`);
  expect(again.body).toMatchObject({ state: 'pending', level: 1, round: 2 });
  expect((await decide(keygrant, 'ben', id)).status).toBe(200);
  expect((await decide(keygrant, 'cleo', id)).status).toBe(200);
});

test('the applicant, and nobody else, withdraws an application until its key is issued', async () => {
  const { id } = await submit(keygrant);
  for (const who of ['ben', 'dora']) {
    expect((await say(who, id, 'withdrawal')).body.type).toBe('/problems/not-the-applicant');
  }
  expect((await say('bob', id, 'withdrawal')).status).toBe(404);
  const withdrawn = await say('ada', id, 'withdrawal', 'No longer needed.');
  expect(withdrawn.body.application).toMatchObject({
    state: 'withdrawn',
    level: null,
    reason: 'No longer needed.',
  });
  expect((await decide(keygrant, 'ben', id)).body.type).toBe('/problems/not-pending');
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('withdrawn');

  const other = await issued();
  expect((await say('ada', other, 'withdrawal')).body.type).toBe('/problems/too-late');
  const fresh = await keygrant.as('ada').post('/v1/applications', draft());
  expect((await say('ada', fresh.body.id, 'withdrawal')).body.type).toBe('/problems/too-late');
});

test('a mail that is held back does not leave when it is due, and leaves when it is released', async () => {
  const id = await issued();
  const held = await say('cleo', id, 'hold', 'A question first.');
  expect(held.body.application).toMatchObject({ state: 'issued', heldBy: 'cleo' });
  expect(held.body.application.now).toBe('Issued: the mail with the credentials is held back by Cleo Wang');
  expect((await say('ben', id, 'hold')).body.type).toBe('/problems/already-held');
  const { deliveryDueAt } = held.body.application;
  await eventually(async () => Date.now() > Date.parse(deliveryDueAt) + 1_000 || undefined);
  expect(await credentialsOf(id)).toEqual([]);
  expect((await say('dora', id, 'release')).status).toBe(200);
  await reach(id, 'delivered');
  expect(await credentialsOf(id)).toHaveLength(1);
  expect((await say('dora', id, 'hold')).body.type).toBe('/problems/too-late');
});

test('a mail that was held and released in time still leaves when it was due, not before', async () => {
  const id = await issued();
  await say('ada', id, 'hold');
  const { body } = await say('ada', id, 'release');
  const bare = await keygrant.as('ada').post(`/v1/applications/${id}/release`);
  expect(bare.body.type).toBe('/problems/not-held');
  const delivered = await reach(id, 'delivered');
  expect(Date.parse(delivered.stateSince)).toBeGreaterThanOrEqual(Date.parse(body.application.deliveryDueAt));
});

test('a recalled key is void for good: no mail ever leaves, and the applicant is told', async () => {
  const id = await issued();
  await say('ben', id, 'hold');
  const recalled = await say('dora', id, 'recall', 'Signed by mistake.');
  expect(recalled.body.application).toMatchObject({
    state: 'recalled',
    heldBy: null,
    reason: 'Signed by mistake.',
  });
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('recalled');
  const { body } = await keygrant.as('ada').get(`/v1/keys/${recalled.body.application.key.id}`);
  expect(body).toMatchObject({ usable: false, revokedAt: expect.any(String) });
  expect(await credentialsOf(id)).toEqual([]);
  const mail = (await keygrant.mailbox.messages()).findLast(({ subject }) => subject.includes('Recalled'));
  expect(mail?.text).toContain('Signed by mistake.');
  expect((await say('dora', id, 'release')).body.type).toBe('/problems/too-late');
});

test('a stranger can neither hold nor see it, an auditor sees it and cannot hold it', async () => {
  const id = await issued();
  expect((await say('bob', id, 'hold')).status).toBe(404);
  expect((await say('emil', id, 'hold')).body.type).toBe('/problems/not-concerned');
});
