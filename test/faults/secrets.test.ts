import { expect, test } from 'vitest';
import { decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { everywhere, traces } from '../support/secrets.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';

const smtp = await openSmtpGate();
const keygrant = await startKeygrant({
  env: { SMTP_URL: smtp.url, DELIVERY_DELAY: '0s', LOG_LEVEL: 'debug' },
});
smtp.leadTo(keygrant.mailbox);

async function approveAll(id: string): Promise<void> {
  for (const reviewer of ['ben', 'cleo']) expect((await decide(keygrant, reviewer, id)).status).toBe(200);
}

/** The secret out of the text of a mail. */
function secretIn(text: string): string {
  const [secret] = /[A-Za-z0-9+/]{86}==/.exec(text) ?? [];
  if (!secret) throw new Error('the mail holds no secret');
  return secret;
}

test('the secret of a delivered key is in its one mail, and nowhere else in clear, in pieces or encoded', async () => {
  const denied = await submit(keygrant);
  await decide(keygrant, 'ben', denied.id, 'deny');
  const { id } = await submit(keygrant);
  await approveAll(id);
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('delivered');

  const mails = await keygrant.mailbox.messages();
  const secret = secretIn(mails.find(({ subject }) => subject.includes('Authorization'))?.text ?? '');
  const holders = mails.filter(({ text, html }) => text.includes(secret) || html.includes(secret));
  expect(holders.map(({ to }) => to)).toEqual([['ada@example.com', 'api@acme.example']]);

  const places = await everywhere(keygrant);
  // The search sees what is there: whole rows, histories with their payloads, and answers about this application.
  expect(places['table public.keys']).toContain(id);
  expect(places[`history ${id}`]).toContain('"digest":');
  expect(places[`history ${denied.id}`]).toContain('Too broad.');
  expect(places[`/v1/applications/${id} as dora (200)`]).toContain('"delivered"');
  expect(places['log']).toContain('request completed');
  expect(traces(secret, { ...places, planted: `x ${secret.slice(40, 60)}` })).toEqual([
    expect.stringContaining('planted'),
  ]);
});

test('a server that refuses the mail and quotes it back does not bring the secret into the record', async () => {
  let wire = '';
  smtp.set({
    arriving: async ({ to, content }) => {
      if (!to.includes('api@acme.example')) return undefined;
      wire = content;
      // From the secret on, as it came over the wire: there, long lines are broken.
      return `554 5.7.1 refused as spam: ${quoteFrom(content).replaceAll(/\s+/g, ' ')}`;
    },
  });
  const { id } = await submit(keygrant);
  await approveAll(id);
  const refused = await eventually(async () => {
    const { body } = await keygrant.as('dora').get(`/v1/applications/${id}`);
    const mail = body.mails.find(({ kind }: { kind: string }) => kind === 'credentials');
    return mail?.attempts[0]?.endedAt ? mail.attempts[0] : undefined;
  });
  expect(refused).toMatchObject({
    succeeded: false,
    answer: expect.stringMatching(/^554 5\.7\.1 refused as spam: Secret Key \(Private\) /),
  });
  // The failure is on its way into Temporal's history, too.
  await eventually(async () => {
    const { raw } = await keygrant.client.workflow.getHandle(id).describe();
    return raw.pendingActivities?.some(({ lastFailure }) => lastFailure) || undefined;
  });
  const secret = secretIn(wire.replaceAll('=\r\n', '').replaceAll('=3D', '='));
  expect(traces(secret, { quoted: quoteFrom(wire).slice(0, 200) })).toHaveLength(1);
  expect(traces(secret, await everywhere(keygrant))).toEqual([]);
});

function quoteFrom(content: string): string {
  return content.slice(content.indexOf('Secret Key (Private)'));
}
