import { expect, test } from 'vitest';
import { decide, submit } from '../support/applications.ts';
import { Browser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { everywhere, traces } from '../support/secrets.ts';

// On the real server: one whose links outlive the tests, and one whose links grow old while one watches.
const keygrant = await startKeygrant({ env: { DELIVERY: 'link', DELIVERY_DELAY: '3s' } });
const hasty = await startKeygrant({
  env: { DELIVERY: 'link', DELIVERY_DELAY: '0s', REVEAL_EXPIRES_AFTER: '8s' },
});
const dora = keygrant.as('dora');
for (const [where, person] of [
  [keygrant, { id: 'bob', name: 'Bob', email: 'bob@example.com', roles: ['applicant'] }],
  [keygrant, { id: 'amy', name: 'Amy of Acme', email: 'API@acme.example', roles: [] }],
  [hasty, { id: 'amy', name: 'Amy of Acme', email: 'API@acme.example', roles: [] }],
] as const)
  await where.as('dora').post('/v1/people', person);

async function delivered(where = keygrant): Promise<string> {
  const { id } = await submit(where);
  await decide(where, 'ben', id);
  await decide(where, 'cleo', id);
  expect(await where.client.workflow.getHandle(id).result()).toBe('delivered');
  return id;
}

async function linkOf(id: string, where = keygrant) {
  return (await where.as('ada').get(`/v1/applications/${id}`)).body.link;
}

/** The links in the mails about an application, in the order in which they came. */
async function linksIn(id: string, where = keygrant) {
  const mails = await where.mailbox.messages();
  return mails
    .filter(({ text }) => text.includes(id) && text.includes('/reveal#'))
    .map(({ subject, text, to, html }) => {
      const [, keyId = '', token = ''] = /\/reveal#(key_[0-9a-z]+)\.(\S+)/.exec(text) ?? [];
      return { subject, to, keyId, token, text, html };
    });
}

type Link = Awaited<ReturnType<typeof linksIn>>[number];
const reveal = (who: string, { keyId, token }: Pick<Link, 'keyId' | 'token'>, where = keygrant) =>
  where.as(who).post(`/v1/keys/${keyId}/reveal`, { token });

async function firstLink(id: string): Promise<Link> {
  return eventually(async () => (await linksIn(id))[0]);
}

test('the mail holds the public half and a link; the link shows the secret once, to its applicant, who can sign with it', async () => {
  const id = await delivered();
  const link = await firstLink(id);
  expect(link.subject).toBe('【digiRunner】Notification API Key Authorization Result');
  expect(link.to).toEqual(['ada@example.com', 'api@acme.example']);
  expect(link.text).not.toMatch(/[A-Za-z0-9+/]{86}==/);
  expect(link.text).toContain('It works for 7 days.');
  expect((await keygrant.as('ada').get(`/v1/keys/${link.keyId}`)).body.usable).toBe(true);

  for (const who of ['bob', 'ben', 'dora']) expect((await reveal(who, link)).status).toBe(403);
  expect(
    (await keygrant.asPortal('ada').post(`/v1/keys/${link.keyId}/reveal`, { token: link.token })).status,
  ).toBe(403);
  const forged = link.token.replace(/.{43}$/, 'A'.repeat(43));
  expect((await reveal('ada', { ...link, token: forged })).body.type).toBe('/problems/link-unknown');
  const elsewhere = { ...link, keyId: 'key_00000000000000000000' };
  expect((await reveal('ada', elsewhere)).body.type).toBe('/problems/link-unknown');

  const answers = await Promise.all(['ada', 'amy', 'ada', 'ada'].map((who) => reveal(who, link)));
  const shown = answers.filter(({ status }) => status === 200);
  expect(shown).toHaveLength(1);
  expect(shown[0]?.headers.get('cache-control')).toBe('no-store');
  const { apiKey, secretKey } = shown[0]?.body ?? {};
  expect(link.text).toContain(apiKey);
  for (const { status, body } of answers) {
    if (status === 200) continue;
    expect([status, body.type]).toEqual([410, '/problems/already-revealed']);
    expect(body.detail).toMatch(/^It was shown to (Ada Lovelace|Amy of Acme) at /);
  }
  expect(await linkOf(id)).toMatchObject({ state: 'revealed', endedAt: expect.any(String) });
  expect((await keygrant.as('ada').post(`/v1/applications/${id}/resend`)).body.type).toBe(
    '/problems/already-revealed',
  );
  const places = {
    ...(await everywhere(keygrant)),
    mails: JSON.stringify(await keygrant.mailbox.messages()),
  };
  expect(traces(secretKey, places)).toEqual([]);
});

test('a link that nobody opens is reminded of at half time, expires, and is issued anew on a wish; the old one stays void', async () => {
  const id = await delivered(hasty);
  const link = await eventually(async () => (await linksIn(id, hasty))[0]);
  const reminder = await eventually(async () => (await linksIn(id, hasty))[1]);
  expect(reminder.subject).toContain('Reminder, the Secret Key waits');
  expect(reminder.token).toBe(link.token);
  await hasty.client.workflow.getHandle(`delivery-${id}`).result();
  expect(await linkOf(id, hasty)).toMatchObject({ state: 'expired' });
  expect((await reveal('ada', link, hasty)).body.type).toBe('/problems/link-expired');

  expect((await hasty.as('ada').post(`/v1/applications/${id}/resend`)).status).toBe(200);
  const renewed = await eventually(async () => (await linksIn(id, hasty))[2]);
  expect(renewed.token).not.toBe(link.token);
  // Of the person to whose address it was mailed: compared without regard to case.
  expect((await reveal('amy', renewed, hasty)).status).toBe(200);
  expect((await reveal('ada', link, hasty)).body.type).toBe('/problems/link-expired');
  const { body } = await hasty.as('emil').get(`/v1/applications/${id}`);
  expect(body.timeline.map(({ action }: { action: string }) => action).slice(-7)).toEqual([
    'mail.sent',
    'link.reminded',
    'mail.sent',
    'link.expired',
    'delivery.repeated',
    'mail.sent',
    'link.revealed',
  ]);
});

test('a link that was asked for again works in place of the one before, which is void at once', async () => {
  const id = await delivered();
  const first = await firstLink(id);
  expect((await dora.post(`/v1/applications/${id}/resend`)).status).toBe(200);
  const second = await eventually(async () => (await linksIn(id))[1]);
  expect((await reveal('ada', first)).body.type).toBe('/problems/link-superseded');
  expect((await reveal('ada', second)).status).toBe(200);
});

test('another address gets a link of its own after the delay; denied in time, the first link works again', async () => {
  const id = await delivered();
  const first = await firstLink(id);
  const wish = { email: 'right@acme.example', comment: 'A typing mistake.' };
  await keygrant.as('ada').post(`/v1/applications/${id}/address`, wish);
  const decision = { verdict: 'approve', email: wish.email };
  const decidePath = `/v1/applications/${id}/address/decisions`;
  expect((await keygrant.as('cleo').post(decidePath, decision)).status).toBe(200);
  expect((await reveal('ada', first)).body.type).toBe('/problems/link-superseded');
  await keygrant.as('cleo').post(decidePath, { verdict: 'deny', comment: 'On second thoughts.' });
  expect(await linkOf(id)).toMatchObject({ state: 'open' });

  await keygrant.as('ada').post(`/v1/applications/${id}/address`, wish);
  await keygrant.as('cleo').post(decidePath, decision);
  const second = await eventually(async () => (await linksIn(id)).find(({ to }) => to.includes(wish.email)));
  expect(second.to).toEqual([wish.email]);
  expect((await reveal('amy', second)).status).toBe(403);
  expect((await reveal('ada', second)).status).toBe(200);
});

test('whatever opens the address of a link, signed in or not, uses nothing up', async () => {
  const id = await delivered();
  const link = await firstLink(id);
  const browser = new Browser(keygrant.config.publicUrl, keygrant.baseUrl);
  const path = `/v1/keys/${link.keyId}/reveal`;
  const openAll = async () => {
    for (const method of ['GET', 'HEAD'])
      for (const address of [path, `${path}?token=${link.token}`])
        expect((await browser.fetch(address, { method })).status).toBeGreaterThanOrEqual(400);
    expect((await browser.go(`/reveal#${link.keyId}.${link.token}`)).status).toBe(200);
  };
  await openAll();
  await browser.signIn('ada');
  await openAll();
  // Nor can a form on somebody else's page press the button.
  const headers = { 'sec-fetch-site': 'cross-site' };
  const foreign = await browser.fetch(path, { method: 'POST', body: { token: link.token }, headers });
  expect(foreign.body.type).toBe('/problems/foreign-page');
  expect(await linkOf(id)).toMatchObject({ state: 'open' });
});

test('a new secret has a link of its own, which shows it once; the grace of the one before begins then', async () => {
  const id = await delivered();
  const first = await firstLink(id);
  const before = (await reveal('ada', first)).body.secretKey;
  const key = `/v1/keys/${first.keyId}`;
  const ada = keygrant.as('ada');
  expect([200, 202]).toContain((await ada.post(`${key}/rotation`, { grace: '1d' })).status);
  const second = await eventually(async () => (await linksIn(id))[1]);
  expect(second.text).not.toMatch(/[A-Za-z0-9+/]{86}==/);
  expect((await ada.get(key)).body.rotation).toMatchObject({ handedOver: false, endsAt: null });
  const shown = await reveal('ada', second);
  expect([shown.status, shown.body.secretKey === before]).toEqual([200, false]);
  await eventually(async () => (await ada.get(key)).body.rotation.endsAt ?? undefined);
  for (const used of [first, second]) expect((await reveal('ada', used)).status).toBe(410);
});
