import { rm, writeFile } from 'node:fs/promises';
import { dateIn } from '../domain/dates.ts';
import type { DgrkPair } from '../signing/dgrk.ts';
import { signMessage } from '../signing/message.ts';
import { approvedQuietly, createDemoApi, type DemoApi } from './demo-api.ts';
import { pairIn, receivedMail } from './demo-mail.ts';
import type { RunningStack } from './kept.ts';
import { Narrator } from './narrator.ts';
import { enableClient, provokeRefusals } from './refusals.ts';
import type { Undoing } from './undoing.ts';

/** Where the demo is played. */
interface Scenery
  extends Pick<RunningStack, 'baseUrl' | 'gatewayUrl' | 'issuer' | 'mailUrl' | 'deliveryDelay'> {
  timeZone: string;
  databaseUrl: string;
  /** Where the pair is left for `keygrant call`. */
  keyFile: string;
}

/** Of the keys that are there to be refused. */
const demoClient = 'demo';

/** Walks the document's five steps through the public API, in front of the reader. */
export async function demo(stack: Scenery, undoing: Undoing): Promise<void> {
  const tell = new Narrator(process.stdout);
  const api = createDemoApi(stack, tell);
  const call: DemoApi['call'] = (...words) => api.call(...words);

  tell.title('How to apply for and obtain an API key');
  tell.note(`Against ${stack.baseUrl}. The mail leaves ${stack.deliveryDelay} after the last approval.`);

  tell.step('1. Initiate the application');
  const found = await call('ada', 'GET', '/v1/clients?q=robot');
  tell.note(`Ada searches for her client: ${found.body.items[0].name} (${found.body.items[0].id}).`);
  const started = await call('ada', 'POST', '/v1/applications', {
    clientId: 'acme',
    keyName: 'Orders for the shop',
  });
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
  await call('ada', 'PATCH', path, rest, started.etag);

  tell.step('2. Submit for approval');
  await call('ada', 'POST', `${path}/submission`);
  tell.note((await api.until(path, ({ state }) => state !== 'draft')).now);

  tell.step('3. Approval workflow');
  for (const [at, reviewer] of ['ben', 'cleo'].entries()) {
    const inbox = await call(reviewer, 'GET', '/v1/applications?waitingFor=me');
    tell.note(
      `Waiting for ${reviewer}: ${inbox.body.items.length}. The decision names the digest of what ${reviewer} saw.`,
    );
    const { digest } = (await call(reviewer, 'GET', path)).body;
    const decision = { verdict: 'approve', comment: 'Fine by me.', digest };
    await call(reviewer, 'POST', `${path}/decisions`, decision);
    tell.note((await api.until(path, ({ levels }) => levels[at].status === 'approved')).now);
  }

  tell.step('4. Issuance and notification');
  // Between the last approval and the key lies a moment; there is no due time before that.
  await api.until(path, ({ deliveryDueAt }) => deliveryDueAt !== null);
  const seen = (await call('ada', 'GET', path)).body;
  tell.note(seen.now);
  tell.note(`The mail is due at ${seen.deliveryDueAt}. Until then it can be held or recalled.`);
  tell.note(
    'Meanwhile two more keys go the same way, unseen, for step 6: one for a single call, one from tomorrow on.',
  );
  await enableClient(api, demoClient, true);
  const others = { ...rest, clientId: demoClient, apiIds: ['orders-list'], quota: 1 };
  const spare = await approvedQuietly(api, { ...others, keyName: 'For one call', expiresOn: day(1) });
  const later = await approvedQuietly(api, { ...others, keyName: 'From tomorrow on', effectiveOn: day(1) });
  const delivery = await delivered(api, tell, stack.mailUrl, path);
  tell.note(`Sent to ${delivery.to}; the SMTP server said: ${delivery.answer}`);
  tell.mail(delivery.mail);
  tell.list(
    delivery.timeline.map(
      (event: { at: string; words: string; by: { name: string } }) =>
        `${event.at}  ${event.words} (${event.by.name})`,
    ),
  );

  tell.step('5. Verification and usage: a signed call passes');
  await rm(stack.keyFile, { force: true });
  await writeFile(stack.keyFile, `${delivery.pair.apiKey}\n${delivery.pair.secretKey}\n`, { mode: 0o600 });
  tell.note(`Through the gateway at ${stack.gatewayUrl}, to the sample API, which answers with what it got:`);
  await passingCall(tell, stack.gatewayUrl, delivery.pair);

  tell.step('6. … and one is refused for each reason that there is');
  const one = await delivered(api, tell, stack.mailUrl, spare);
  const stage = {
    ...stack,
    api,
    undoing,
    day,
    pair: delivery.pair,
    spare: { ...one.pair, id: one.keyId, clientId: demoClient },
    later: (await delivered(api, tell, stack.mailUrl, later)).pair,
  };
  for await (const line of provokeRefusals(stage)) tell.list([line]);
  tell.note('Nothing of it lasts but the revocation of the key for one call. Now you:');
  tell.note(`npm run -s keygrant -- call GET '/orders?page=2' --key ${stack.keyFile} -v`);
}

/** Sends one call with the pair from the mail. */
async function passingCall(tell: Narrator, gatewayUrl: string, pair: DgrkPair): Promise<void> {
  const url = `${gatewayUrl}/orders?page=2`;
  const response = await fetch(url, { headers: await signMessage({ method: 'GET', url }, pair) });
  const text = await response.text();
  tell.note(`GET /orders?page=2, signed: ${response.status}`);
  tell.mail(text.trim());
  if (response.status !== 200) throw new Error('The signed call did not pass.');
}

/** Waits until the mail of a key has left, and reads it. */
async function delivered(api: DemoApi, tell: Narrator, mailUrl: string, path: string) {
  for (;;) {
    const seen = (await api.quietly('ada', 'GET', path)).body;
    if (seen.state === 'delivered') {
      const { to, messageId, attempts } = seen.mails.find(
        ({ kind }: { kind: string }) => kind === 'credentials',
      );
      const mail = await receivedMail(mailUrl, messageId);
      const answer: string = attempts.at(-1).answer;
      return {
        to: to.join(' and '),
        answer,
        mail,
        pair: pairIn(mail),
        keyId: seen.key.id,
        timeline: seen.timeline,
      };
    }
    if (!['approved', 'issued'].includes(seen.state)) throw new Error(`It came otherwise: ${seen.now}.`);
    const left = Math.round((Date.parse(seen.deliveryDueAt) - Date.now()) / 1000);
    tell.countdown(left > 0 ? `the mail leaves in ${left} s` : 'the mail is leaving');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
