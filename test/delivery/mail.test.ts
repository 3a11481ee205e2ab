import { expect, test } from 'vitest';
import { decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';

// On the real server with a short delay, since people act in the middle of it.
const smtp = await openSmtpGate();
const keygrant = await startKeygrant({ env: { SMTP_URL: smtp.url, DELIVERY_DELAY: '2s' } });
smtp.leadTo(keygrant.mailbox);
const dora = keygrant.as('dora');
for (const person of [
  { id: 'bob', name: 'Bob', email: 'bob@example.com', roles: ['applicant'] },
  { id: 'both', name: 'Both', email: 'both@example.com', roles: ['admin', 'security'] },
])
  await dora.post('/v1/people', person);

const ask = (who: string, id: string, what: string, body: unknown = {}) =>
  keygrant.as(who).post(`/v1/applications/${id}/${what}`, body);
const correct = (who: string, id: string, email: string) =>
  ask(who, id, 'address', { email, comment: 'The old one is wrong.' });
const approve = (who: string, id: string, email: string) =>
  ask(who, id, 'address/decisions', { verdict: 'approve', email });

// oxlint-disable-next-line typescript/no-explicit-any
async function reach(id: string, there: (body: any) => boolean) {
  return eventually(async () => {
    const { body } = await keygrant.as('emil').get(`/v1/applications/${id}`);
    return there(body) ? body : undefined;
  }, 20_000);
}

interface Mail {
  kind: string;
  sentAt: string | null;
  attempts: { endedAt: string | null }[];
}

async function approved(): Promise<string> {
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
  return id;
}

async function delivered(): Promise<string> {
  const id = await approved();
  await reach(id, ({ state }) => state === 'delivered');
  return id;
}

/** The mails with credentials that the mailbox has, about one application. */
async function credentialsOf(id: string) {
  return (await keygrant.mailbox.messages()).filter(
    ({ text, subject }) => subject.includes('Result') && text.includes(id),
  );
}

test('asked for again, the credentials are mailed once more, to whom they were approved, whatever was changed since', async () => {
  const id = await approved();
  await reach(id, ({ state }) => state === 'issued');
  const before = await dora.get('/v1/clients/acme');
  await dora.patch('/v1/clients/acme', { emails: ['other@acme.example'] });
  await reach(id, ({ state }) => state === 'delivered');
  const again = await ask('ada', id, 'resend', { comment: 'Deleted by mistake.' });
  expect(again.status).toBe(200);
  const [first, second] = await eventually(async () => {
    const mails = await credentialsOf(id);
    return mails.length === 2 ? mails : undefined;
  });
  expect(second?.to).toEqual(['ada@example.com', 'api@acme.example']);
  expect(second?.text).toBe(first?.text);
  expect(second?.messageId).not.toBe(first?.messageId);
  const { body } = await keygrant.as('ada').get(`/v1/applications/${id}`);
  expect(body.state).toBe('delivered');
  expect(body.timeline.map(({ words }: { words: string }) => words)).toContain(
    'Credentials mailed again (credentials), to ada@example.com, a…@acme.example',
  );
  await dora.patch('/v1/clients/acme', { emails: before.body.emails });
});

test('a mail whose answer never came may have been taken: its key cannot be recalled any more, and it comes again as the same mail', async () => {
  const id = await approved();
  // What asked the reviewers has left: the next is the one with the credentials.
  await reach(id, ({ mails: all }) =>
    all.every(({ kind, sentAt }: Mail) => kind === 'credentials' || sentAt),
  );
  smtp.set({
    taken: async () => {
      smtp.set({});
      await smtp.close();
    },
  });
  const { mails } = await reach(id, ({ mails: all }) =>
    all.some(({ kind, attempts }: Mail) => kind === 'credentials' && attempts[0]?.endedAt),
  );
  const [attempt] = mails.find(({ kind }: Mail) => kind === 'credentials').attempts;
  expect(attempt.succeeded).toBe(null);
  for (const what of ['recall', 'hold'])
    expect((await ask('ada', id, what)).body.type).toBe('/problems/too-late');
  await smtp.open();
  await reach(id, ({ state }) => state === 'delivered');
  const [first, again] = await credentialsOf(id);
  expect(again?.messageId).toBe(first?.messageId);
});

test('of several who ask at once one mail comes, three a day, and a retry is the same wish', async () => {
  const id = await delivered();
  const key = { 'idempotency-key': 'once' };
  const retried = [1, 2].map(() => keygrant.as('ada').post(`/v1/applications/${id}/resend`, {}, key));
  for (const { status } of await Promise.all(retried)) expect(status).toBe(200);
  await eventually(async () => (await credentialsOf(id)).length === 2 || undefined);
  const asked = await Promise.all(['ada', 'dora', 'ada', 'both'].map((who) => ask(who, id, 'resend')));
  expect(asked.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, body } of asked)
    if (status !== 200) expect(body.type).toMatch(/already-resent|not-yet-mailed/);
  await eventually(async () => (await credentialsOf(id)).length === 3 || undefined);
  await eventually(async () => ((await ask('dora', id, 'resend')).status === 200 ? true : undefined));
  await eventually(async () => (await credentialsOf(id)).length === 4 || undefined);
  const limited = await ask('dora', id, 'resend');
  expect([limited.status, limited.body.type]).toEqual([429, '/problems/resend-limit']);
  const ids = (await credentialsOf(id)).map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(4);
});

test('a mail that does not get through shows every attempt and when the next is due, and can be hurried', async () => {
  smtp.set({ recipient: () => '451 4.7.1 come back later' });
  const id = await approved();
  expect((await ask('ada', id, 'resend')).body.type).toBe('/problems/not-yet-mailed');
  const failing = await reach(id, ({ mails }) =>
    mails.some(
      (mail: { nextAttemptAt: string | null; kind: string }) =>
        mail.kind === 'credentials' && mail.nextAttemptAt,
    ),
  );
  const mail = failing.mails.find(({ kind }: { kind: string }) => kind === 'credentials');
  expect(mail.attempts[0].answer).toContain('come back later');
  const wait = Date.parse(mail.nextAttemptAt) - Date.parse(mail.attempts[0].endedAt);
  expect(wait).toBe(10_000);
  smtp.set({});
  const hurried = await ask('ada', id, 'resend');
  expect(hurried.status).toBe(200);
  const { mails, stateSince } = await reach(id, ({ state }) => state === 'delivered');
  // Before the retry by itself would have been: it was the wish that sent it.
  expect(Date.parse(stateSince)).toBeLessThan(Date.parse(mail.nextAttemptAt));
  const sent = mails.filter(({ kind }: { kind: string }) => kind === 'credentials');
  expect(sent).toMatchObject([{ state: 'sent', attempts: [{ succeeded: false }, { succeeded: true }] }]);
  expect(await credentialsOf(id)).toHaveLength(1);
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('delivered');
});

test('another address goes through the last level, waits for the delay, and is the one from then on', async () => {
  const id = await delivered();
  const asked = await correct('ada', id, 'New.Keys@acme.example');
  expect(asked.status).toBe(200);
  expect(asked.body.application.addressChange).toMatchObject({
    state: 'pending',
    email: 'New.Keys@acme.example',
    waitingFor: [{ id: 'both' }, { id: 'cleo' }],
  });
  const mail = await eventually(async () =>
    (await keygrant.mailbox.messages()).find(
      ({ subject, text }) => subject.includes('Please review an address') && text.includes(id),
    ),
  );
  expect(mail.to.toSorted()).toEqual(['both@example.com', 'cleo@example.com']);
  expect(mail.text).toContain('\nThe address: New.Keys@acme.example\n');
  expect(mail.text).toContain('> The old one is wrong.');
  // Whole for those who decide, masked for those who only look on.
  const seenBy = async (who: string) => (await keygrant.as(who).get(`/v1/applications/${id}`)).body;
  expect((await seenBy('cleo')).addressChange.email).toBe('New.Keys@acme.example');
  expect(JSON.stringify(await seenBy('ben'))).not.toContain('New.Keys');

  expect((await correct('ada', id, 'third@acme.example')).body.type).toBe('/problems/address-pending');
  expect((await approve('ada', id, 'New.Keys@acme.example')).body.type).toBe('/problems/own-application');
  expect((await approve('ben', id, 'New.Keys@acme.example')).body.type).toBe('/problems/not-a-reviewer');
  expect((await approve('dora', id, 'New.Keys@acme.example')).body.type).toBe('/problems/not-a-reviewer');
  expect((await approve('cleo', id, 'third@acme.example')).body.type).toBe('/problems/other-address');
  const both = await Promise.all(['cleo', 'both'].map((who) => approve(who, id, 'new.keys@acme.example')));
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(await credentialsOf(id)).toHaveLength(1);
  const [, second] = await eventually(async () => {
    const mails = await credentialsOf(id);
    return mails.length === 2 ? mails : undefined;
  });
  expect(second?.to).toEqual(['New.Keys@acme.example']);
  await reach(id, ({ addressChange }) => addressChange.state === 'mailed');
  const { mails } = await seenBy('ada');
  const due = mails.findLast(({ kind }: { kind: string }) => kind === 'credentials');
  expect(Date.parse(due.sentAt)).toBeGreaterThanOrEqual(Date.parse(due.dueAt));
  const outcome = await eventually(async () =>
    (await keygrant.mailbox.messages()).find(({ subject }) => subject.includes('Approved, another address')),
  );
  expect(outcome.to).toEqual(['ada@example.com']);
  expect(outcome.text).not.toContain(/[A-Za-z0-9+/]{86}==/.exec(second?.text ?? '')?.[0]);

  expect((await ask('ada', id, 'resend')).status).toBe(200);
  const third = await eventually(async () => (await credentialsOf(id))[2]);
  expect(third.to).toEqual(['New.Keys@acme.example']);
});

test('nobody approves what they asked for, a denial needs a reason, and until the mail leaves it can be denied', async () => {
  const id = await delivered();
  await correct('both', id, 'one@acme.example');
  expect((await approve('both', id, 'one@acme.example')).body.type).toBe('/problems/own-request');
  const deny = (who: string, comment = '') => ask(who, id, 'address/decisions', { verdict: 'deny', comment });
  expect((await deny('cleo')).body.type).toBe('/problems/comment-required');
  expect((await deny('both')).body.application.addressChange).toMatchObject({ state: 'denied' });
  await correct('ada', id, 'two@acme.example');
  expect((await approve('cleo', id, 'two@acme.example')).status).toBe(200);
  const denied = await deny('both', 'Not theirs.');
  expect(denied.body.application.addressChange).toMatchObject({ state: 'denied', outcome: 'Not theirs.' });
  expect((await deny('cleo', 'Late.')).body.type).toBe('/problems/no-address-change');
  const mail = await eventually(async () =>
    (await keygrant.mailbox.messages()).find(
      ({ subject, text }) => subject.includes('Denied, another address') && text.includes('Not theirs.'),
    ),
  );
  expect(mail.to).toEqual(['ada@example.com']);
  // The workflow that waited for the mail ends without having sent one.
  await keygrant.client.workflow.getHandle(`delivery-${id}`).result();
  expect((await credentialsOf(id)).map(({ to }) => to.length)).toEqual([2]);
});

test('a mail that was held back between two tries leaves as soon as it is released, and a recall then ends all tries', async () => {
  smtp.set({ arriving: async () => '451 4.7.1 come back later' });
  const [released, recalled] = [await approved(), await approved()];
  // oxlint-disable-next-line typescript/no-explicit-any
  const mailOf = ({ mails }: any) => mails.find(({ kind }: Mail) => kind === 'credentials');
  const due = async (id: string) =>
    Date.parse(mailOf(await reach(id, (body) => mailOf(body)?.nextAttemptAt)).nextAttemptAt);
  const dueAt = new Map([
    [released, await due(released)],
    [recalled, await due(recalled)],
  ]);
  for (const id of dueAt.keys()) {
    expect((await ask('ada', id, 'hold')).status).toBe(200);
    const { body } = await keygrant.as('ada').get(`/v1/applications/${id}`);
    expect(mailOf(body)).toMatchObject({ state: 'sending', nextAttemptAt: null });
  }
  smtp.set({});
  expect((await ask('ada', released, 'release')).status).toBe(200);
  expect((await ask('dora', recalled, 'recall')).status).toBe(200);
  for (const [id, next] of dueAt) {
    const workflow = keygrant.client.workflow.getHandle(id);
    expect(await workflow.result()).toBe(id === released ? 'delivered' : 'recalled');
    expect((await workflow.describe()).closeTime?.getTime()).toBeLessThan(next);
  }
  expect(await credentialsOf(released)).toHaveLength(1);
  expect(await credentialsOf(recalled)).toEqual([]);
}, 60_000);

test('an address that no server takes is replaced, and the application is delivered to the new one', async () => {
  smtp.set({
    recipient: (address) => (address === 'api@acme.example' ? '550 5.1.1 no such user' : undefined),
  });
  const id = await approved();
  await reach(id, ({ mails }) =>
    mails.some(
      (mail: { kind: string; nextAttemptAt: string | null }) =>
        mail.kind === 'credentials' && mail.nextAttemptAt,
    ),
  );
  await correct('dora', id, 'right@acme.example');
  expect((await approve('cleo', id, 'right@acme.example')).status).toBe(200);
  const { mails } = await reach(id, ({ state }) => state === 'delivered');
  const handing = mails.filter(({ kind }: { kind: string }) => kind === 'credentials');
  expect(handing).toMatchObject([{ state: 'superseded' }, { state: 'sent' }]);
  const to = (await credentialsOf(id)).map((mail) => mail.to);
  expect(to).toEqual([['ada@example.com'], ['right@acme.example']]);
  smtp.set({});
});

test('strangers, reviewers and auditors ask for nothing, and a void key is never mailed again', async () => {
  const id = await approved();
  for (const who of ['ben', 'emil'])
    for (const what of ['resend', 'address'])
      expect(
        (await ask(who, id, what, what === 'address' ? { email: 'a@b.example', comment: 'c' } : {})).body
          .type,
      ).toBe('/problems/not-the-applicant-or-admin');
  expect((await ask('bob', id, 'resend')).status).toBe(404);
  expect((await correct('ada', id, 'a@b.example')).body.type).toBe('/problems/not-yet-mailed');
  await ask('ada', id, 'recall');
  expect((await ask('ada', id, 'resend')).body.type).toBe('/problems/too-late');
  expect((await correct('ada', id, 'a@b.example')).body.type).toBe('/problems/too-late');
  const fresh = await submit(keygrant);
  expect((await ask('ada', fresh.id, 'resend')).body.type).toBe('/problems/not-yet-mailed');
});

test('a signal past the API changes nothing, at this workflow neither', async () => {
  const id = await delivered();
  const forged = {
    id: 'dec_00000000000000000000',
    applicationId: id,
    personId: 'cleo',
    via: null,
    level: 0,
    act: 'correct-address',
    comment: '',
    digest: 'a',
    requestId: 'r',
    address: 'evil@example.com',
    signature: `1.${'a'.repeat(43)}`,
  };
  await keygrant.client.workflow.signalWithStart('delivery', {
    workflowId: `delivery-${id}`,
    taskQueue: keygrant.config.temporal.taskQueue,
    args: [id],
    signal: 'correct-address',
    signalArgs: [forged],
  });
  const { timeline, addressChange } = await reach(id, (body) =>
    body.timeline.some(({ action }: { action: string }) => action === 'decision.refused'),
  );
  expect(timeline.at(-1).words).toBe(
    'A decision was refused: The decision does not carry a valid signature of this service.',
  );
  expect(addressChange).toBeNull();
});
