import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyChain } from '../src/db/audit.ts';
import { decide, draft } from './support/applications.ts';
import { startKeygrant } from './support/keygrant.ts';

const keygrant = await startKeygrant({ time: 'skipping' });

async function inboxOf(reviewer: string): Promise<string[]> {
  const { body } = await keygrant.as(reviewer).get('/v1/applications?waitingFor=me');
  return body.items.map(({ id }: { id: string }) => id);
}

test('a portal applies for a named applicant, and a retry never makes a second application', async () => {
  const portal = keygrant.asPortal('ada');
  const send = () =>
    portal.post('/v1/applications', draft({ keyName: 'From the portal' }), { 'idempotency-key': 'order-77' });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.body.id).toBe(first.body.id);
  const submitted = await portal.post(`/v1/applications/${first.body.id}/submission`);
  expect(submitted.body).toMatchObject({
    state: 'pending',
    portalId: 'partner-portal',
    applicant: { id: 'ada' },
  });
  expect(submitted.body.timeline.at(-1)).toMatchObject({ by: { id: 'ada' }, via: 'partner-portal' });
});

// Last in this file: to wait for its end skips the clock far ahead, beyond every date that an application could name.
test('the five steps of the document: apply, submit, approve twice, receive the mail, use and follow', async () => {
  const ada = keygrant.as('ada');

  // 1. Initiate the application
  expect((await ada.get('/v1/clients?q=nobody-of-this-name')).body).toEqual({ items: [], next: null });
  expect((await ada.get('/v1/clients?q=robot')).body.items).toMatchObject([
    { id: 'acme', name: 'Acme Robotics' },
  ]);
  expect((await ada.get('/v1/apis?q=orders')).body.items).toHaveLength(3);
  const created = await ada.post('/v1/applications', draft());
  expect(created.body).toMatchObject({ state: 'draft', violations: [], now: 'Draft, not yet submitted' });
  const path = `/v1/applications/${created.body.id}`;

  // 2. Submit for approval
  const submitted = await ada.post(`${path}/submission`);
  expect(submitted.body).toMatchObject({ state: 'pending', stateName: 'Pending Order', level: 1 });
  expect(submitted.body.now).toBe('Pending Order: level 1 of 2 (API owner), waiting for Ben Okri');

  // 3. Approval workflow
  expect(await inboxOf('ben')).toContain(created.body.id);
  expect(await inboxOf('cleo')).not.toContain(created.body.id);
  expect((await decide(keygrant, 'ben', created.body.id)).body.application).toMatchObject({ level: 2 });
  expect(await inboxOf('ben')).not.toContain(created.body.id);
  expect(await inboxOf('cleo')).toContain(created.body.id);
  expect((await decide(keygrant, 'cleo', created.body.id)).status).toBe(200);

  // 4. Issuance and notification
  expect(await keygrant.client.workflow.getHandle(created.body.id).result()).toBe('delivered');
  const mails = (await keygrant.mailbox.messages()).filter(
    ({ subject }) => !subject.includes('From the portal'),
  );
  expect(mails.map(({ subject, to }) => [subject, to])).toEqual([
    [
      '【digiRunner】Please review: "Orders for the shop" for Acme Robotics (level 1 of 2)',
      ['ben@example.com'],
    ],
    [
      '【digiRunner】Please review: "Orders for the shop" for Acme Robotics (level 2 of 2)',
      ['cleo@example.com'],
    ],
    ['【digiRunner】Notification API Key Authorization Result', ['ada@example.com', 'api@acme.example']],
  ]);
  const { text } = mails[2] ?? { text: '' };
  const apiKey = /API Key \(Public\)\s+(\S{56})\s/.exec(text)?.[1] ?? '';
  const secretKey = /Secret Key \(Private\)\s+(\S{88})\s/.exec(text)?.[1] ?? '';
  expect(Buffer.from(apiKey, 'base64').toString()).toMatch(/^[0-9a-f]{40}$/);
  expect(Buffer.from(secretKey, 'base64').toString()).toMatch(/^[0-9a-f]{64}$/);

  // 5. Verification and usage
  const key = (await ada.get('/v1/keys')).body.items[0];
  expect(key).toMatchObject({
    apiKey,
    name: 'Orders for the shop',
    client: { id: 'acme' },
    usable: true,
    quota: 1000,
  });
  expect(
    createHmac('sha256', secretKey)
      .update(apiKey + secretKey)
      .digest('base64'),
  ).toHaveLength(44);
  const seen = (await ada.get(path)).body;
  expect(seen).toMatchObject({ state: 'delivered', key: { id: key.id, apiKey } });
  expect(seen.timeline.map(({ words }: { words: string }) => words)).toEqual(
    expect.arrayContaining([
      'Draft saved',
      'Submitted for review',
      'Approved at level 1 of 2 (API owner)',
      'Approved at level 2 of 2 (Security)',
      'Key issued',
      'Mail sent (credentials) to ada@example.com, a…@acme.example',
    ]),
  );
  expect(await verifyChain(keygrant.db)).toMatchObject({ intact: true });
});
