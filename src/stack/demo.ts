import { dateIn } from '../domain/dates.ts';
import { tryKey } from './connectivity.ts';
import type { RunningStack } from './kept.ts';
import { Narrator } from './narrator.ts';
import { signIn } from './sign-in.ts';

interface Answer {
  status: number;
  etag: string;
  // The demo shows answers; what they look like is the API's business.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

/** Walks the document's five steps through the public API, in front of the reader. */
export async function demo(
  stack: Pick<RunningStack, 'baseUrl' | 'gatewayUrl' | 'issuer' | 'mailUrl' | 'deliveryDelay'> & {
    timeZone: string;
  },
): Promise<void> {
  const tell = new Narrator(process.stdout);
  const tokens = new Map<string, Promise<string>>();
  const call = async (
    person: string,
    method: string,
    path: string,
    body?: object,
    etag?: string,
  ): Promise<Answer> => {
    const token = tokens.get(person) ?? signIn({ issuer: stack.issuer, person });
    tokens.set(person, token);
    const response = await fetch(`${stack.baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(etag ? { 'if-match': etag } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = {
      status: response.status,
      etag: response.headers.get('etag') ?? '',
      body: await response.json(),
    };
    tell.call(person, method, path, body, answer.status);
    return answer;
  };
  /** Looks at the application as Ada, without telling of the call. */
  const look = async (): Promise<{ ok: boolean; application: Answer['body'] }> => {
    const response = await fetch(`${stack.baseUrl}${path}`, {
      headers: { authorization: `Bearer ${await tokens.get('ada')}` },
    });
    return { ok: response.ok, application: await response.json() };
  };
  /** Looks again, as whoever gets a 202 must, until it is so. */
  const until = async (isSo: (application: Answer['body']) => boolean) => {
    const end = Date.now() + 60_000;
    for (;;) {
      const { ok, application } = await look();
      if (ok && isSo(application)) return application;
      if (Date.now() > end) throw new Error(`It does not go on: ${application.now ?? application.detail}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const expectOk = (answer: Answer): Answer => {
    if (answer.status >= 300) throw new Error(`${answer.body.title} ${answer.body.detail}`);
    return answer;
  };

  tell.title('How to apply for and obtain an API key');
  tell.note(`Against ${stack.baseUrl}. The mail leaves ${stack.deliveryDelay} after the last approval.`);

  tell.step('1. Initiate the application');
  const found = expectOk(await call('ada', 'GET', '/v1/clients?q=robot'));
  tell.note(`Ada searches for her client: ${found.body.items[0].name} (${found.body.items[0].id}).`);
  const started = expectOk(
    await call('ada', 'POST', '/v1/applications', { clientId: 'acme', keyName: 'Orders for the shop' }),
  );
  const path = `/v1/applications/${started.body.id}`;
  tell.note(`Saved as a draft, ${started.body.id}. What is still missing:`);
  tell.list(
    started.body.violations.map(
      (each: { field: string; message: string }) => `${each.field}: ${each.message}`,
    ),
  );
  const day = (offset: number) => dateIn(stack.timeZone, new Date(Date.now() + offset * 86_400_000));
  const rest = {
    description: 'The web shop shows customers their orders.',
    effectiveOn: day(0),
    expiresOn: day(365),
    quota: 10_000,
    apiIds: ['orders-list', 'orders-read'],
  };
  tell.note(
    `She completes it; If-Match: ${started.etag} makes sure that nobody else has edited it meanwhile.`,
  );
  expectOk(await call('ada', 'PATCH', path, rest, started.etag));

  tell.step('2. Submit for approval');
  expectOk(await call('ada', 'POST', `${path}/submission`));
  tell.note((await until(({ state }) => state !== 'draft')).now);

  tell.step('3. Approval workflow');
  for (const [at, reviewer] of ['ben', 'cleo'].entries()) {
    const inbox = expectOk(await call(reviewer, 'GET', '/v1/applications?waitingFor=me'));
    tell.note(
      `Waiting for ${reviewer}: ${inbox.body.items.length}. The decision names the digest of what ${reviewer} saw.`,
    );
    const { digest } = expectOk(await call(reviewer, 'GET', path)).body;
    const decision = { verdict: 'approve', comment: 'Fine by me.', digest };
    expectOk(await call(reviewer, 'POST', `${path}/decisions`, decision));
    tell.note((await until(({ levels }) => levels[at].status === 'approved')).now);
  }

  tell.step('4. Issuance and notification');
  // Between the last approval and the key lies a moment; there is no due time before that.
  await until(({ deliveryDueAt }) => deliveryDueAt !== null);
  let seen = expectOk(await call('ada', 'GET', path)).body;
  tell.note(seen.now);
  tell.note(`The mail is due at ${seen.deliveryDueAt}. Until then it can be held or recalled.`);
  while (seen.state !== 'delivered') {
    const left = Math.round((Date.parse(seen.deliveryDueAt) - Date.now()) / 1000);
    tell.countdown(left > 0 ? `the mail leaves in ${left} s` : 'the mail is leaving');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { ok, application } = await look();
    if (ok) seen = application;
    if (!['issued', 'delivered'].includes(seen.state)) throw new Error(`It came otherwise: ${seen.now}.`);
  }
  const mail = seen.mails.find(({ kind }: { kind: string }) => kind === 'credentials');
  tell.note(`Sent to ${mail.to.join(' and ')}; the SMTP server said: ${mail.attempts.at(-1).answer}`);

  tell.step('5. Verification and usage');
  tell.list(
    seen.timeline.map(
      (event: { at: string; words: string; by: { name: string } }) =>
        `${event.at}  ${event.words} (${event.by.name})`,
    ),
  );

  const received = await receivedMail(stack.mailUrl, mail.messageId);
  tell.note(`Test of connectivity, with the pair from the mail, through the gateway (${stack.gatewayUrl}):`);
  tell.list(
    (await tryKey(stack.gatewayUrl, received)).map(
      ({ call, status, answer }) => `${call}: ${status}, ${answer}`,
    ),
  );

  tell.step('The mail, as it was received');
  tell.mail(received);
}

/** The mail's head and text, from the mail server's own page. */
async function receivedMail(mailUrl: string, messageId: string): Promise<string> {
  const all = (await (await fetch(`${mailUrl}/api/email`)).json()) as {
    messageId?: string;
    subject: string;
    text: string;
    headers: Record<string, unknown>;
  }[];
  const mail = all.findLast((each) =>
    messageId.includes(String(each.messageId ?? each.headers['message-id']).replaceAll(/[<>]/g, '')),
  );
  if (!mail) throw new Error(`the mail ${messageId} is not in the mailbox`);
  return `Subject: ${mail.subject}\nMessage-ID: ${messageId}\n\n${mail.text}`;
}
