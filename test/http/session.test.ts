import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { sessions } from '../../src/db/schema/sessions.ts';
import type { Answer } from '../support/api.ts';
import { draft } from '../support/applications.ts';
import { Browser } from '../support/browser.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem } from './problems.ts';

const keygrant = await startKeygrant({ worker: false });
const { publicUrl } = keygrant.config;
const cookie = 'keygrant-session';
const open = () => new Browser(publicUrl, keygrant.baseUrl);

/** A browser in which somebody is signed in. */
async function signedIn(person: string): Promise<Browser> {
  const browser = open();
  await browser.signIn(person);
  expect(browser.own.has(cookie)).toBe(true);
  return browser;
}

test('whoever signs in is led back to where they were, and is then who they say everywhere', async () => {
  const browser = open();
  const end = await browser.signIn(
    'ada',
    '/session/sign-in?returnTo=%2Fapplications%2Fnew%3Fclient%3Dacme%23dates',
  );
  expect(end.address).toBe(`${publicUrl}/applications/new?client=acme#dates`);
  const { status, body } = await browser.fetch('/v1/session');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    person: { id: 'ada', name: 'Ada Lovelace', roles: ['applicant'] },
    endsAt: expect.any(String),
    service: { delivery: 'mail', deliveryDelaySeconds: 600, timeZone: 'Asia/Taipei', temporalUiUrl: null },
  });
  const created = await browser.fetch('/v1/applications', { method: 'POST', body: draft() });
  expect([created.status, created.body.applicant.id]).toEqual([201, 'ada']);
});

test('the issuer is asked for a code with PKCE, state and nonce, and its tokens never reach the browser', async () => {
  const browser = await signedIn('ada');
  const asked = new URL(browser.visited.find((address) => address.includes('code_challenge')) ?? '')
    .searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    scope: 'openid',
    state: expect.stringMatching(/^.{43}$/),
    nonce: expect.stringMatching(/^.{43}$/),
  });
  const own = browser.setCookies.filter((text) => text.startsWith('keygrant'));
  expect(own.length).toBe(3);
  for (const text of own) expect(text).toMatch(/; Path=\/;.*HttpOnly.*SameSite=Lax/);
  // Three parts divided by points: a token. What is kept is none, nor does it hold one.
  for (const text of own) expect(text).not.toMatch(/[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}/);
  expect([...browser.own.keys()]).toEqual([cookie]);
});

test('only a digest of the cookie is stored, and signing in and out is on record', async () => {
  const browser = await signedIn('emil');
  const token = browser.own.get(cookie) ?? '';
  expect(token).toMatch(/^[\w-]{43}$/);
  const rows = await keygrant.db.execute(sql`select t::text as line from sessions t`);
  expect(JSON.stringify(rows)).not.toContain(token);
  expect(keygrant.log.join('')).not.toContain(token);
  await browser.go('/session/sign-out', { form: {} });
  const { body } = await keygrant.as('emil').get('/v1/audit?subjectId=emil');
  const actions = body.items.map(({ action }: { action: string }) => action);
  expect(actions).toEqual(expect.arrayContaining(['session.began', 'session.ended']));
});

test.each([
  '//evil.example/',
  '/\\evil.example/',
  'https://evil.example/',
  'javascript:alert(1)',
  '/\t/evil.example',
  'evil.example',
  '',
])('signing in leads to no other host, whatever is asked for (%j)', async (returnTo) => {
  const end = await open().signIn('ada', `/session/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
  expect(new URL(end.address).origin).toBe(publicUrl);
});

test('a change by cookie counts only from a page of this service', async () => {
  const browser = await signedIn('ada');
  const token = browser.own.get(cookie) ?? '';
  const send = async (method: string, headers: Record<string, string>): Promise<Answer> => {
    const response = await fetch(`${keygrant.baseUrl}/v1/applications`, {
      method,
      headers: { cookie: `${cookie}=${token}`, 'content-type': 'application/json', ...headers },
      ...(method === 'POST' ? { body: JSON.stringify(draft()) } : {}),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const refused: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:8233' },
    { 'sec-fetch-site': 'cross-site', origin: publicUrl },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${publicUrl}.evil.example` },
    {},
  ];
  for (const headers of refused) expectProblem(await send('POST', headers), 403, 'foreign-page');
  expectProblem(await send('GET', { 'sec-fetch-site': 'cross-site' }), 403, 'foreign-page');
  expect((await send('POST', { origin: publicUrl })).status).toBe(201);
  expect((await send('POST', { 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  expect((await send('GET', { 'sec-fetch-site': 'none' })).status).toBe(200);
  // A portal's header opens nothing for a person.
  const onBehalf = await send('POST', { origin: publicUrl, 'on-behalf-of': 'ben' });
  expect(onBehalf.body.applicant.id).toBe('ada');
  const out = await fetch(`${keygrant.baseUrl}/session/sign-out`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `${cookie}=${token}`, 'sec-fetch-site': 'cross-site' },
  });
  expect(out.status).toBe(403);
  expect((await browser.fetch('/v1/session')).status).toBe(200);
});

test('an access token counts before a cookie, and needs no page', async () => {
  const browser = await signedIn('ada');
  const token = browser.own.get(cookie) ?? '';
  const answer = await keygrant.as('dora').get('/v1/session', { cookie: `${cookie}=${token}` });
  expect(answer.body).toMatchObject({ person: { id: 'dora' }, endsAt: null });
});

test('signing out ends the session for whoever has the cookie, and leads to the issuer’s sign-out', async () => {
  const browser = await signedIn('ada');
  const stolen = browser.own.get(cookie) ?? '';
  const end = await browser.go('/session/sign-out', { form: {} });
  expect(end.address).toContain('/session/end');
  expect(browser.visited.at(-1)).toContain(`post_logout_redirect_uri=${encodeURIComponent(`${publicUrl}/`)}`);
  expect(browser.own.has(cookie)).toBe(false);
  browser.own.set(cookie, stolen);
  expectProblem(await browser.fetch('/v1/session'), 401, 'unauthenticated');
});

test('a session ends when it was not used, when its time is up, and when its person is disabled', async () => {
  const browser = await signedIn('ben');
  const status = async () => (await browser.fetch('/v1/session')).status;
  const of = eq(sessions.personId, 'ben');
  const change = (to: Partial<typeof sessions.$inferInsert>) =>
    keygrant.db.update(sessions).set(to).where(of);
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  await change({ seenAt: ago(59) });
  expect(await status()).toBe(200);
  const [used] = await keygrant.db.select().from(sessions).where(of);
  expect(used?.seenAt.getTime()).toBeGreaterThan(ago(1).getTime());
  await change({ seenAt: ago(61) });
  expect(await status()).toBe(401);
  await change({ seenAt: ago(0), endsAt: ago(0) });
  expect(await status()).toBe(401);
  await change({ endsAt: ago(-60) });
  expect(await status()).toBe(200);
  await keygrant.as('dora').patch('/v1/people/ben', { enabled: false });
  expectProblem(await browser.fetch('/v1/session'), 403, 'person-disabled');
  expect((await open().signIn('ben')).status).toBe(403);
  await keygrant.as('dora').patch('/v1/people/ben', { enabled: true });
});

test('a cookie that somebody planted before the sign-in is worth nothing after it', async () => {
  const attacker = await signedIn('emil');
  const planted = attacker.own.get(cookie) ?? '';
  const victim = open();
  victim.own.set(cookie, planted);
  await victim.signIn('ada');
  expect(victim.own.get(cookie)).not.toBe(planted);
  expectProblem(await attacker.fetch('/v1/session'), 401, 'unauthenticated');
});

test('a sign-in that this browser did not begin, or that is tried twice, is refused', async () => {
  const attacker = open();
  const page = await attacker.go('/session/sign-in');
  // The attacker’s own code, in somebody else’s browser (login CSRF).
  const victim = open();
  victim.cookies.set(
    new URL(page.address).host,
    attacker.cookies.get(new URL(page.address).host) ?? new Map(),
  );
  const lured = await victim.go(page.address, { form: { person: 'emil' } });
  expect([lured.status, lured.body]).toEqual([400, expect.stringContaining('not begun in this browser')]);
  expect(lured.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(victim.own.has(cookie)).toBe(false);

  const browser = await signedIn('ada');
  const callback = browser.visited.find((address) => address.includes('/session/callback')) ?? '';
  expect((await browser.go(callback)).status).toBe(400);
  expect((await browser.fetch('/v1/session')).status).toBe(200);
});

test('a code or state that was changed signs nobody in, and the page says so without quoting it', async () => {
  for (const [name, value] of [
    ['code', '<script>x'],
    ['state', 'x'.repeat(43)],
    ['iss', 'https://evil.example'],
  ] as const) {
    const browser = open();
    const page = await browser.go('/session/sign-in');
    const { state } = Object.fromEntries(new URL(browser.visited[1] ?? '').searchParams);
    const query = new URLSearchParams({
      state: state ?? '',
      code: 'a'.repeat(43),
      iss: new URL(page.address).origin,
      [name]: value,
    });
    const end = await browser.go(`/session/callback?${query.toString()}`);
    expect([name, end.status]).toEqual([name, name === 'state' ? 400 : 403]);
    expect(end.body).not.toContain(value);
    expect(browser.own.has(cookie)).toBe(false);
  }
});

test('whoever is not registered is told so, and may sign in as somebody else, for where they wanted to go', async () => {
  const browser = open();
  const end = await browser.signIn('zoe', '/session/sign-in?returnTo=%2Freveal');
  expect([end.status, end.body]).toEqual([403, expect.stringContaining('Nobody is registered as zoe')]);
  expect(browser.own.has(cookie)).toBe(false);
  expect((await browser.go('/session/page.css')).headers.get('content-type')).toContain('text/css');
  // To where they wanted to go, too.
  const again = '/session/sign-in?returnTo=%2Freveal&again=true';
  expect(end.body).toContain(`href="${again.replace('&', '&amp;')}"`);
  expect((await browser.go(again)).body).toContain('Sign in as Ada');
});

test('a timeline can be followed by cookie, as an EventSource does', async () => {
  const browser = await signedIn('ada');
  const { id } = (await browser.fetch('/v1/applications', { method: 'POST', body: draft() })).body;
  const ending = new AbortController();
  const response = await fetch(`${keygrant.baseUrl}/v1/applications/${id}/events`, {
    signal: ending.signal,
    headers: { cookie: `${cookie}=${browser.own.get(cookie)}`, 'sec-fetch-site': 'same-origin' },
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  ending.abort();
});
