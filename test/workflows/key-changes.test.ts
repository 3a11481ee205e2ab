import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { keys } from '../../src/db/schema/keys.ts';
import { dgrkAuthorization } from '../../src/signing/index.ts';
import { day, decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const [ada, dora] = [keygrant.as('ada'), keygrant.as('dora')];
await dora.put('/v1/flows/default', {
  name: 'One level',
  levels: [{ name: 'Owner', reviewers: { people: ['ben'], roles: [] } }],
});

/** Applies, approves, and waits until the pair has been mailed. */
async function keyInUse() {
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  const { key } = await reached(id, 'delivered');
  const mail = (await keygrant.mailbox.messages()).find(({ text }) => text.includes(key.apiKey));
  const secretKey = /Secret Key \(Private\)\s+(\S{88})\s/.exec(mail?.text ?? '')?.[1] ?? '';
  return { keyId: key.id as string, pair: { apiKey: key.apiKey as string, secretKey } };
}

const reached = (id: string, state: string) =>
  eventually(async () => {
    const { body } = await ada.get(`/v1/applications/${id}`);
    return body.state === state ? body : undefined;
  });

async function propose(change: Record<string, unknown>) {
  const created = await ada.post('/v1/applications', { description: 'Why.', ...change });
  expect(created.status).toBe(201);
  const submitted = await ada.post(`/v1/applications/${created.body.id}/submission`);
  expect(submitted.status).toBe(200);
  return submitted.body;
}

const call = async (pair: { apiKey: string; secretKey: string }, target: string) => {
  const authorization = await dgrkAuthorization(pair, '');
  const asked = { method: 'GET', target, headers: { authorization } };
  return (await dora.post('/v1/verify', asked)).body;
};

test('a live key is changed through the same review, keeps its pair and its count, and no mail repeats the secret', async () => {
  const { keyId, pair } = await keyInUse();
  expect((await call(pair, '/orders')).valid).toBe(true);
  expect((await call(pair, '/prices/today')).valid).toBe(false);
  const change = { quota: 5, apiIds: ['prices'], expiresOn: day(400) };
  const { id, changes, clientId, keyName, now } = await propose({ kind: 'update', keyId, ...change });
  expect({ clientId, keyName }).toEqual({ keyName: 'Orders for the shop' });
  expect(now).toContain('Pending Order');
  expect(changes).toMatchObject([
    {
      comparedWith: 'key',
      fields: [
        { field: 'expiresOn', after: day(400) },
        { field: 'quota', before: 1000, after: 5 },
        { field: 'apiIds', before: ['orders-list', 'orders-read'], after: ['prices'] },
      ],
    },
  ]);
  // Nothing is changed before it is approved.
  expect((await ada.get(`/v1/keys/${keyId}`)).body.quota).toBe(1000);
  await decide(keygrant, 'ben', id);
  const done = await reached(id, 'completed');
  expect(done).toMatchObject({ key: { id: keyId }, now: 'Completed: the key was changed' });
  expect((await ada.get(`/v1/keys/${keyId}`)).body).toMatchObject({
    quota: 5,
    used: 1,
    expiresOn: day(400),
    apis: [{ id: 'prices' }],
  });
  expect((await call(pair, '/prices/today')).valid).toBe(true);
  expect((await call(pair, '/orders')).valid).toBe(false);

  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('completed');
  const mails = await keygrant.mailbox.messages();
  const told = mails.filter(({ subject }) => subject.includes('Changed:'));
  expect(told).toHaveLength(1);
  expect(mails.filter(({ text }) => text.includes(pair.secretKey))).toHaveLength(1);
});

test('a key is revoked through the same review, and opens nothing from then on', async () => {
  const { keyId, pair } = await keyInUse();
  const { id } = await propose({ kind: 'revoke', keyId });
  expect((await call(pair, '/orders')).valid).toBe(true);
  await decide(keygrant, 'ben', id);
  expect(await reached(id, 'completed')).toMatchObject({ now: 'Completed: the key was revoked' });
  expect((await call(pair, '/orders')).valid).toBe(false);
  const again = await ada.post('/v1/applications', { kind: 'revoke', keyId, description: 'Again.' });
  expect(again.body.violations).toMatchObject([
    { field: 'keyId', message: expect.stringContaining('revoked') },
  ]);
});

test('a change that was approved for a key which is another by then comes back with the reason, and changes nothing', async () => {
  const { keyId } = await keyInUse();
  const first = await propose({ kind: 'update', keyId, quota: 10 });
  const second = await propose({ kind: 'update', keyId, quota: 20 });
  await decide(keygrant, 'ben', first.id);
  await reached(first.id, 'completed');
  await decide(keygrant, 'ben', second.id);
  const returned = await reached(second.id, 'returned');
  expect(returned.reason).toBe('The key was changed after this was submitted; look at it and submit again.');
  expect((await ada.get(`/v1/keys/${keyId}`)).body.quota).toBe(10);
  // Submitted again it is about the key as it is, and can be approved.
  await ada.post(`/v1/applications/${second.id}/submission`);
  await decide(keygrant, 'ben', second.id);
  await reached(second.id, 'completed');
  const [key] = await keygrant.db.select().from(keys).where(eq(keys.id, keyId));
  expect(key).toMatchObject({ quota: 20, revision: 3 });
});

test('only a key of one’s own can be applied about, and only by naming it', async () => {
  const { keyId } = await keyInUse();
  await dora.post('/v1/people', { id: 'amy', name: 'Amy', email: 'amy@example.com', roles: ['applicant'] });
  for (const [who, body] of [
    ['amy', { kind: 'update', keyId }],
    ['ada', { kind: 'revoke' }],
    ['ada', { keyId }],
    ['ada', { kind: 'update', keyId: 'key_00000000000000000000' }],
  ] as const) {
    const refused = await keygrant.as(who).post('/v1/applications', body);
    expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([422, 'keyId']);
  }
});
