import { expect, test } from 'vitest';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';

const smtp = await openSmtpGate();
const keygrant = await startKeygrant({ time: 'skipping', env: { SMTP_URL: smtp.url } });
smtp.leadTo(keygrant.mailbox);
const ada = keygrant.as('ada');

interface Mail {
  kind: string;
  state: string;
  messageId: string;
  attempts: { succeeded: boolean; answer: string }[];
}

/** The application over HTTP, and of its mails the one with the credentials. */
async function look(id: string) {
  const { body } = await ada.get(`/v1/applications/${id}`);
  const mail: Mail = body.mails.find(({ kind }: Mail) => kind === 'credentials');
  return { state: body.state, mail, attempts: mail?.attempts ?? [] };
}

/** Credentials mails about one application that have arrived. */
async function arrived(id: string) {
  const mails = await keygrant.mailbox.messages();
  return mails.filter(({ subject, text }) => subject.includes('Authorization Result') && text.includes(id));
}

async function approveAll(id: string): Promise<void> {
  for (const reviewer of ['ben', 'cleo']) expect((await decide(keygrant, reviewer, id)).status).toBe(200);
  await eventually(async () => (await look(id)).state === 'issued' || undefined);
}

test('without SMTP a submission is refused with the draft intact, and the same one succeeds once SMTP answers', async () => {
  await smtp.close();
  const created = await ada.post('/v1/applications', draft());
  const path = `/v1/applications/${created.body.id}`;
  const refused = await ada.post(`${path}/submission`);
  expect([refused.status, refused.body.type]).toEqual([503, '/problems/mail-unavailable']);
  expect(refused.body.detail).toContain('draft is kept');
  expect((await ada.get(path)).body).toEqual(created.body);

  await smtp.open();
  await eventually(async () => (await ada.get('/readyz')).body.mail.ok || undefined);
  expect((await ada.post(`${path}/submission`)).status).toBeLessThanOrEqual(202);
  await eventually(async () => (await ada.get(path)).body.state === 'pending' || undefined);
});

test('SMTP is down for three days after the approval: the mail arrives by itself afterwards, once', async () => {
  const { id } = await submit(keygrant);
  await approveAll(id);
  await smtp.close();
  await keygrant.environment.sleep('3 days');
  const waiting = await look(id);
  expect(waiting).toMatchObject({ state: 'issued', mail: { state: 'sending' } });
  // Soon at first, then every hour.
  expect(waiting.attempts.length).toBeGreaterThan(70);
  expect(waiting.attempts.length).toBeLessThan(90);
  for (const attempt of waiting.attempts.slice(0, -1)) {
    expect(attempt).toMatchObject({ succeeded: false, answer: expect.stringContaining('ECONNREFUSED') });
  }
  expect(await arrived(id)).toEqual([]);

  await smtp.open();
  await keygrant.environment.sleep('61 minutes');
  await eventually(async () => (await look(id)).state === 'delivered' || undefined);
  const mails = await arrived(id);
  expect(mails.map(({ messageId }) => messageId)).toEqual([waiting.mail.messageId]);
  const { mail, attempts } = await look(id);
  expect(mail).toMatchObject({ state: 'sent', messageId: waiting.mail.messageId });
  expect(attempts.at(-1)).toMatchObject({ succeeded: true, answer: expect.stringMatching(/^250 /) });
});

test('when SMTP refuses one of the recipients, the others get the mail once, and only the refused one is tried again', async () => {
  const refusing = 'ops@globex.example';
  smtp.set({
    recipient: (address) => (address === refusing ? '450 4.2.2 The mailbox is full' : undefined),
  });
  const { id } = await submit(keygrant, { clientId: 'globex' });
  await approveAll(id);
  await keygrant.environment.sleep('30 minutes');
  const waiting = await look(id);
  expect(waiting.state).toBe('issued');
  expect(waiting.attempts.length).toBeGreaterThan(3);
  // The first attempt, too, in which the server took the mail for the others.
  for (const attempt of waiting.attempts) {
    expect(attempt).toMatchObject({ succeeded: false, answer: expect.stringContaining('mailbox is full') });
  }
  expect((await arrived(id)).map(({ to }) => to)).toEqual([
    ['ada@example.com', 'integration@globex.example'],
  ]);

  smtp.set({});
  await keygrant.environment.sleep('61 minutes');
  await eventually(async () => (await look(id)).state === 'delivered' || undefined);
  const mails = await arrived(id);
  expect(mails.map(({ to }) => to)).toEqual([['ada@example.com', 'integration@globex.example'], [refusing]]);
  expect(new Set(mails.map(({ messageId }) => messageId))).toEqual(new Set([waiting.mail.messageId]));
});

test('a resubmission is not lost when the mail about the return cannot leave, and that mail is called off', async () => {
  const { id } = await submit(keygrant);
  const path = `/v1/applications/${id}`;
  smtp.set({ recipient: (address) => (address === 'ada@example.com' ? '550 no such mailbox' : undefined) });
  await decide(keygrant, 'ben', id, 'return');
  const returnMail = async () =>
    (await ada.get(path)).body.mails.find(({ kind }: Mail) => kind === 'return') as Mail | undefined;
  await eventually(async () => (await returnMail())?.attempts.length || undefined);

  expect((await ada.patch(path, { quota: 77 })).status).toBe(200);
  const again = await ada.post(`${path}/submission`);
  expect([again.status, again.body.state, again.body.round, again.body.level]).toEqual([
    200,
    'pending',
    2,
    1,
  ]);
  expect(await returnMail()).toMatchObject({ state: 'superseded' });
  smtp.set({});
  // Not further: where a run was followed while an activity of it waited to be tried again, the time-skipping server
  // moves no more. That such an application is delivered, chaos shows on the real one.
  await approveAll(id);
});
