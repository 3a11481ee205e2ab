import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';
import { browsersOf, expectAccessible, expectFineEverywhere, picture } from './support.ts';

const smtp = await openSmtpGate();
const keygrant = await startKeygrant({
  time: 'skipping',
  env: { SMTP_URL: smtp.url, TEMPORAL_UI_URL: 'http://127.0.0.1:8233' },
});
smtp.leadTo(keygrant.mailbox);
const browsers = browsersOf(keygrant);
const ada = keygrant.as('ada');

const pageOf = (id: string) => `/applications/${id}`;
const stands = (page: Page, words: string | RegExp) =>
  page.locator('#standing').filter({ hasText: words }).waitFor();

async function stateOf(id: string): Promise<string> {
  return (await ada.get(`/v1/applications/${id}`)).body.state;
}

/** Presses a button, and the one of the same name in the dialog that it opens. */
async function act(page: Page, name: string, comment?: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  const dialog = page.getByRole('dialog', { name });
  if (comment !== undefined) await dialog.getByRole('textbox').last().fill(comment);
  await dialog.getByRole('button', { name }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function issued(): Promise<string> {
  const { id } = await submit(keygrant);
  for (const reviewer of ['ben', 'cleo']) expect((await decide(keygrant, reviewer, id)).status).toBe(200);
  await eventually(async () => (await stateOf(id)) === 'issued' || undefined);
  return id;
}

test('an applicant follows an application live while others decide, holds its mail back and releases it, until it has left', async () => {
  const { id } = await submit(keygrant);
  const page = await browsers.open('ada', pageOf(id));
  await page.getByText('Live', { exact: true }).waitFor();
  await stands(page, 'level 1 of 2');
  await page.evaluate('document.documentElement.dataset.loaded = "once"');
  await expectFineEverywhere(page, 'application-pending');

  await decide(keygrant, 'ben', id, 'approve', 'Fine with me.');
  await stands(page, 'level 2 of 2');
  const levels = page.getByRole('list', { name: 'Levels' });
  await levels.getByText('Ben Okri approved').waitFor();
  await levels.getByText('Fine with me.').waitFor();
  await levels.getByText('Waiting for Cleo Wang').waitFor();
  await decide(keygrant, 'cleo', id);

  await stands(page, 'not mailed yet');
  const timer = page.getByRole('timer');
  const left = await timer.textContent();
  expect(left).toMatch(/^(?:10:00|9:\d\d)$/);
  await eventually(async () => (await timer.textContent()) !== left || undefined);
  await expectFineEverywhere(page, 'application');
  await act(page, 'Hold back the mail', 'The address is being checked.');
  await stands(page, 'held back by Ada Lovelace');
  await page.getByText('The mail is held back').waitFor();
  await eventually(async () => (await page.locator('#standing:focus').count()) === 1 || undefined);
  expect(await timer.count()).toBe(0);
  await page.getByText('The address is being checked.').waitFor();
  await act(page, 'Release the mail');
  await timer.waitFor();

  await keygrant.environment.sleep('11 minutes');
  await stands(page, 'the mail with the key has left');
  expect(await page.getByRole('link', { name: 'Try it' }).last().getAttribute('href')).toMatch(
    /^\/try\?key=key_/,
  );
  expect(await page.getByRole('link', { name: 'Open the key' }).getAttribute('href')).toMatch(
    /^\/keys\/key_/,
  );
  expect(await page.evaluate('document.documentElement.dataset.loaded')).toBe('once');
  await expectFineEverywhere(page, 'application-delivered');
});

test('who is overtaken in a dialog is told there, and a withdrawal asks before it ends the review', async () => {
  const { id } = await submit(keygrant);
  const page = await browsers.open('ada', pageOf(id));
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  const dialog = page.getByRole('dialog', { name: 'Withdraw' });
  await decide(keygrant, 'ben', id, 'deny', 'No such client.');
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await dialog.getByRole('alert').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Why it was denied').waitFor();
  await page.getByText('No such client.').first().waitFor();
  expect(await page.getByRole('button', { name: 'Withdraw' }).count()).toBe(0);

  const other = await submit(keygrant);
  const second = await browsers.open('ada', pageOf(other.id));
  await act(second, 'Withdraw', 'A mistake.');
  await stands(second, 'Withdrawn');
  expect(await stateOf(other.id)).toBe('withdrawn');
});

test('a returned application shows what the reviewer asks for, leads to its form, and then what has changed since', async () => {
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id, 'return', 'Please ask for fewer calls.');
  const page = await browsers.open('ada', pageOf(id));
  await page.getByText('What Ben Okri asks for').waitFor();
  await page.getByText('Please ask for fewer calls.').first().waitFor();
  const edit = page.getByRole('link', { name: 'Edit and submit again' });
  expect(await edit.getAttribute('href')).toBe(`/applications/${id}/edit`);
  await expectFineEverywhere(page, 'application-returned');

  const { revision } = (await ada.get(`/v1/applications/${id}`)).body;
  const change = { quota: 50, apiIds: ['orders-list', 'prices'] };
  await ada.patch(`/v1/applications/${id}`, change, revision);
  await ada.post(`/v1/applications/${id}/submission`);
  await stands(page, 'level 1 of 2');
  const changes = page.locator('section').filter({ hasText: 'What has changed since the last round' }).last();
  for (const words of ['1,000 calls', '50 calls', 'GET /prices/* (Prices, all of it)', 'orders-read'])
    await changes.getByText(words).waitFor();
  await expectAccessible(page);
});

test('within the ten minutes its applicant recalls the key by a button, and no mail leaves', async () => {
  const id = await issued();
  const page = await browsers.open('ada', pageOf(id));
  await page.getByRole('timer').waitFor();
  await page.getByRole('button', { name: 'Recall the key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Recall the key' });
  await dialog.getByText('This cannot be undone').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await stateOf(id)).toBe('issued');
  await act(page, 'Recall the key', 'The partner has withdrawn.');
  await stands(page, 'Recalled');
  await page.getByText('Why it was recalled').waitFor();
  await page.getByText('Never mailed: the key is void.').waitFor();
  expect(await page.getByRole('timer').count()).toBe(0);
  expect(await page.getByRole('button', { name: /Recall|Hold back|Send|Use another/ }).count()).toBe(0);
  await keygrant.environment.sleep('11 minutes');
  const { body } = await ada.get(`/v1/applications/${id}`);
  expect((await ada.get(`/v1/keys/${body.key.id}`)).body.state).toBe('revoked');
  expect(body.mails.filter(({ kind }: { kind: string }) => kind === 'credentials')).toMatchObject([
    { state: 'superseded', sentAt: null },
  ]);
  await expectFineEverywhere(page, 'application-recalled');
});

test('without SMTP the page says what the mail server said and when it is tried next; it can be hurried, and sent again', async () => {
  const id = await issued();
  smtp.set({ recipient: () => '451 4.7.1 Greylisted, come back later' });
  await keygrant.environment.sleep('11 minutes');
  const page = await browsers.open('ada', pageOf(id));
  await page.getByText('The mail could not be sent').waitFor();
  await page.getByText('Greylisted, come back later').first().waitFor();
  await page.getByText(/It is tried again by itself in|It is being tried again/).waitFor();
  await expectFineEverywhere(page, 'application-failing');

  smtp.set({});
  await act(page, 'Try to send it now');
  await keygrant.environment.sleep('1 minute');
  await stands(page, 'the mail with the key has left');
  await act(page, 'Send the credentials again', 'Deleted by mistake.');
  await page.getByText('The credentials are mailed again').waitFor();
  await page.getByText('Deleted by mistake.').waitFor();

  // Another address: asked for here, decided here by a reviewer of the last level.
  await page.getByRole('button', { name: 'Use another address' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Mail address').fill('nonsense');
  await dialog.getByLabel('Why').fill('Our address has changed.');
  await dialog.getByRole('button', { name: 'Use another address' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Mail address').fill('keys@acme.example');
  await dialog.getByRole('button', { name: 'Use another address' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Waiting for Cleo Wang.').waitFor();
  const cleo = await browsers.open('cleo', pageOf(id));
  await cleo.getByText('keys@acme.example').first().waitFor();
  await expectAccessible(cleo);
  await act(cleo, 'Approve the address');
  await page.getByText('Approved. The mail leaves after the usual delay.').waitFor();
});

test('a page that is not live says so and is live again by itself; a draft says what it lacks', async () => {
  const { id } = await submit(keygrant);
  const page = await browsers.stranger();
  await page.route('**/events', (route) => route.abort());
  await page.goto(`/session/sign-in?returnTo=${pageOf(id)}`);
  await page.locator('button[value="ada"]').click();
  await page.getByText('Not live').waitFor();
  await expectAccessible(page);
  await page.unroute('**/events');
  await page.getByText('Live', { exact: true }).waitFor();

  const written = await ada.post('/v1/applications', draft({ keyName: null, apiIds: [] }));
  const drafted = await browsers.open('ada', pageOf(written.body.id));
  await drafted.getByText('Still to be done before it can be submitted').waitFor();
  expect(await drafted.getByRole('link', { name: 'Continue' }).getAttribute('href')).toBe(
    `${pageOf(written.body.id)}/edit`,
  );
  await expectAccessible(drafted);
});

test('the page speaks Chinese, on a telephone, too; nobody who may not see it learns that it is there', async () => {
  const id = await issued();
  const chinese = await browsers.open('ada', pageOf(id), { locale: 'zh-TW', width: 360 });
  await chinese.getByRole('button', { name: '暫緩寄送' }).click();
  await chinese.getByRole('dialog', { name: '暫緩寄送' }).waitFor();
  await picture(chinese, 'application-hold-zh-TW');
  await chinese.getByRole('button', { name: '取消' }).click();
  await chinese.getByText('即時更新中').waitFor();
  await expectAccessible(chinese);
  await picture(chinese, 'application-zh-TW');

  const admin = await browsers.open('dora', pageOf(id));
  const workflow = admin.getByRole('link', { name: 'Its workflow in Temporal' });
  expect(await workflow.getAttribute('href')).toContain(`/workflows/${id}`);

  const { body } = await ada.post('/v1/applications', draft());
  const stranger = await browsers.open('ben', pageOf(body.id));
  await stranger.getByText('There is nothing here, or nothing that you may see.').waitFor();
  await expectAccessible(stranger);
});
