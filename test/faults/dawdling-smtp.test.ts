import { afterEach, expect, test, vi } from 'vitest';
import { createMailer } from '../../src/mail/mailer.ts';
import { decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { holdPassers } from '../support/holds.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { layLink } from '../support/link.ts';
import { startProcesses } from '../support/processes.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';

// An SMTP server that takes its time over the end of a mail, saying something now and then, so that no silence ends it.
const smtp = await openSmtpGate();
const keygrant = await startKeygrant({ worker: false, env: { SMTP_URL: smtp.url, DELIVERY_DELAY: '0s' } });
smtp.leadTo(keygrant.mailbox);
afterEach(() => vi.useRealTimers());

/** Lets mails to one address dawdle at their end, and those to another one after they were taken. */
function dawdle(before: string, after?: string) {
  const [end, told] = [holdPassers(), holdPassers()];
  const talk = async (hold: typeof end, say: (line: string) => void) => {
    const talking = setInterval(() => say('250-one moment'), 500);
    await hold.pass();
    clearInterval(talking);
    return undefined;
  };
  smtp.set({
    arriving: async ({ to }, say) => (to.includes(before) ? talk(end, say) : undefined),
    taken: async ({ to }, say) => (after !== undefined && to.includes(after) ? talk(told, say) : undefined),
  });
  return { end, told };
}

test('an attempt to send is over after a minute', async () => {
  const { end } = dawdle('ada@example.com');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const message = { subject: 'Slow', text: 'Slow', html: 'Slow', messageId: '<slow@example.com>' };
  const sending = createMailer(keygrant.config.mail).send({ ...message, to: ['ada@example.com'] });
  await end.arrived;
  let over = false;
  void sending.then(() => (over = true));
  await vi.advanceTimersByTimeAsync(50_000);
  expect(over).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await sending).toEqual({
    accepted: [],
    answer: 'Message sending aborted',
    isUncertain: true,
  });
  vi.useRealTimers();
  await eventually(async () => smtp.senders() === 0 || undefined);
  end.release();
  expect(await keygrant.mailbox.messages()).toEqual([]);
});

test('a worker that was taken for dead gives up what another one has sent, and what it sent itself counts once', async () => {
  const link = await layLink(keygrant.environment.address);
  const processes = await startProcesses(keygrant, { TEMPORAL_ADDRESS: link.address });
  const { end, told } = dawdle('ops@globex.example', 'api@acme.example');
  const [late, taken] = [await submit(keygrant, { clientId: 'globex' }), await submit(keygrant)];
  for (const { id } of [late, taken])
    for (const reviewer of ['ben', 'cleo']) await decide(keygrant, reviewer, id);
  await Promise.all([end.arrived, told.arrived]);
  link.unplug();
  smtp.set({});
  processes.startWorker();
  for (const { id } of [late, taken])
    expect(await keygrant.client.workflow.getHandle(id).result()).toBe('delivered');

  told.release();
  await eventually(async () => smtp.senders() === 1 || undefined);
  link.plug();
  await eventually(async () => smtp.senders() === 0 || undefined, 30_000);
  end.release();
  await expectDelivered(late.id, { copies: 1, attempts: [null, true] });
  await expectDelivered(taken.id, { copies: 2, attempts: [true, true] });
}, 90_000);

/** Told once, however many copies arrived, which have one Message-ID. */
async function expectDelivered(
  id: string,
  { copies, attempts }: { copies: number; attempts: (boolean | null)[] },
) {
  const mail = await eventually(async () => {
    const { body } = await keygrant.as('ada').get(`/v1/applications/${id}`);
    expect(body.state).toBe('delivered');
    const sent = body.timeline.filter(({ words }: { words: string }) => words.startsWith('Mail sent (cred'));
    expect(sent).toHaveLength(1);
    const found = body.mails.find(({ kind }: { kind: string }) => kind === 'credentials');
    return found.attempts.every(({ endedAt }: { endedAt: string | null }) => endedAt) ? found : undefined;
  });
  expect(mail.attempts.map(({ succeeded }: { succeeded: boolean | null }) => succeeded)).toEqual(attempts);
  const received = (await keygrant.mailbox.messages()).filter(
    ({ messageId }) => messageId === mail.messageId,
  );
  expect(received).toHaveLength(copies);
}
