import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { day, decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';
import { browsersOf, expectAccessible, looks, picture } from './support.ts';

const smtp = await openSmtpGate();
const keygrant = await startKeygrant({ env: { SMTP_URL: smtp.url, DELIVERY_DELAY: '1s' } });
smtp.leadTo(keygrant.mailbox);
const browsers = browsersOf(keygrant);
const ada = keygrant.as('ada');

test('a key is applied for by keyboard alone, and what goes out is what the confirmation shows', async () => {
  const page = await browsers.open('ada', '/applications');
  await page.getByRole('link', { name: 'Apply for an API key' }).first().press('Enter');
  await page.getByRole('heading', { name: 'Apply for an API key' }).waitFor();
  await page.getByRole('combobox', { name: 'Client' }).focus();
  await page.keyboard.type('robot');
  await page.getByRole('option', { name: /Globex/ }).waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Orders for the shop');
  await page.keyboard.press('Tab');
  await page.keyboard.type('The web shop shows customers their orders.');
  await page.keyboard.press('Tab');
  for (const part of ['01', '12', '2099']) await page.keyboard.type(part);
  await page.getByRole('button', { name: '1 year' }).press('Enter');
  await page.getByRole('radio', { name: 'A number of calls' }).press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('5000');
  await page.keyboard.press('Tab');
  await page.keyboard.type('/shipments/');
  await page.getByRole('option', { name: /List orders/ }).waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('1 API chosen').first().waitFor();
  await page.getByText('Cleo Wang decides').waitFor();
  await saved(page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Submit for Review' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Submit this for review?' });
  for (const words of ['Acme Robotics', 'Orders for the shop', '5,000 calls', 'Ben Okri', 'Cleo Wang'])
    await dialog.getByText(words).first().waitFor();
  await dialog.getByText('/shipments/{id}/track').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Submit for Review' }).press('Enter');
  await page.waitForURL(/\/applications\/app_[0-9a-z]+$/);
  const { body } = await ada.get('/v1/applications');
  expect(body.items[0]).toMatchObject({
    state: 'pending',
    client: { id: 'acme' },
    keyName: 'Orders for the shop',
    effectiveOn: '2099-12-01',
    expiresOn: '2100-11-30',
    quota: 5000,
  });
});

test('rules are told beforehand, and broken ones where and when they matter', async () => {
  const page = await browsers.open('ada', '/applications/new');
  await page.getByText('The last day of use, which still counts.').waitFor();
  const needed = page.getByText('Give the key a name.');
  expect(await needed.count()).toBe(0);
  await page.getByRole('textbox', { name: 'Key name' }).fill('Prices');
  await page.getByRole('textbox', { name: 'Key name' }).fill('');
  await page.keyboard.press('Tab');
  await needed.waitFor();
  await page.getByRole('combobox', { name: 'Client' }).fill('nobody at all');
  await page.getByText('No client matches “nobody at all”. Ask an admin to register it.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Submit for Review' }).click();
  await page.getByText('7 things are still missing or wrong.').waitFor();
  await expect.poll(() => page.locator(':focus').getAttribute('role')).toBe('combobox');
  await expectAccessible(page);
});

test('what was written is there again after a reload, whether or not the server had it yet', async () => {
  const page = await browsers.open('ada', '/applications/new');
  const name = page.getByRole('textbox', { name: 'Key name' });
  await name.fill('Kept over a reload');
  await page.waitForURL(/\/edit$/);
  await saved(page);
  await page.getByRole('textbox', { name: 'Description' }).fill('Written a moment before');
  await page.reload();
  await page.getByText('Written a moment before').waitFor();
  expect(await name.inputValue()).toBe('Kept over a reload');
  await saved(page);
  const { body } = await ada.get(`/v1/applications/${idOf(page)}`);
  expect(body).toMatchObject({ keyName: 'Kept over a reload', description: 'Written a moment before' });

  // Offline, the browser keeps it.
  await page.route('**/v1/**', (route) => route.abort());
  await name.fill('Written without a connection');
  await page.getByText('Not saved yet: no connection.').waitFor();
  await page.unroute('**/v1/**');
  await saved(page);
  const later = await ada.get(`/v1/applications/${idOf(page)}`);
  expect(later.body.keyName).toBe('Written without a connection');
});

test('a session that ends in mid-form takes nothing with it', async () => {
  const page = await browsers.open('ada', '/applications/new');
  await page.getByRole('textbox', { name: 'Key name' }).fill('Before the end');
  await saved(page);
  await page.context().clearCookies();
  await page.getByRole('textbox', { name: 'Key name' }).fill('After the end');
  const dialog = page.getByRole('dialog', { name: 'You are signed out' });
  await dialog.waitFor();
  const window = page.context().waitForEvent('page');
  await dialog.getByRole('button', { name: 'Sign in again' }).click();
  await (await window).locator('button[value="ada"]').click();
  await dialog.waitFor({ state: 'detached' });
  await saved(page);
  expect(await page.getByRole('textbox', { name: 'Key name' }).inputValue()).toBe('After the end');
  const { body } = await ada.get(`/v1/applications/${idOf(page)}`);
  expect(body.keyName).toBe('After the end');
});

test('what is changed elsewhere is put together, or asked about where both changed the same', async () => {
  const created = await ada.post('/v1/applications', draft());
  const { id } = created.body;
  const page = await browsers.open('ada', `/applications/${id}/edit`);
  await change({ quota: 7 });
  await page.getByRole('textbox', { name: 'Key name' }).fill('Changed here');
  await saved(page);
  expect((await ada.get(`/v1/applications/${id}`)).body).toMatchObject({ quota: 7, keyName: 'Changed here' });

  await change({ keyName: 'Changed there' });
  await page.getByRole('textbox', { name: 'Key name' }).fill('Changed here again');
  await page.getByText('This draft was changed elsewhere').waitFor();
  await page.getByRole('button', { name: 'What is written here' }).click();
  await saved(page);
  expect((await ada.get(`/v1/applications/${id}`)).body.keyName).toBe('Changed here again');

  async function change(fields: object) {
    const { body } = await ada.get(`/v1/applications/${id}`);
    await ada.patch(`/v1/applications/${id}`, fields, body.revision);
  }
});

test('while SMTP is down nothing is submitted, and the form stays as it is', async () => {
  const created = await ada.post('/v1/applications', draft({ keyName: 'While SMTP is down' }));
  const page = await browsers.open('ada', `/applications/${created.body.id}/edit`);
  await page.getByRole('button', { name: 'Submit for Review' }).click();
  await smtp.close();
  const dialog = page.getByRole('dialog', { name: 'Submit this for review?' });
  await dialog.getByRole('button', { name: 'Submit for Review' }).click();
  await dialog.getByText(/the draft is kept/).waitFor();
  await smtp.open();
  // That it was down is believed for some seconds.
  await eventually(async () => {
    // The dialog may close under the click: then it was submitted.
    await dialog
      .getByRole('button', { name: 'Submit for Review' })
      .click({ timeout: 1_000 })
      .catch(() => {});
    const { body } = await ada.get(`/v1/applications/${created.body.id}`);
    return body.state === 'pending' || undefined;
  });
  await page.waitForURL(/\/applications\/app_[0-9a-z]+$/);
});

test('a key is changed, renewed and revoked from what it is', { timeout: 120_000 }, async () => {
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
  const key = await eventually(async () => (await ada.get('/v1/keys')).body.items[0]);

  for (const look of looks) {
    const page = await browsers.open('ada', `/applications/new?kind=update&key=${key.id}`, look);
    await page.getByRole('button', { name: '1 year more' }).click();
    await page.getByRole('option', { name: /Prices/ }).click();
    await page.getByText('Level 2: Security').waitFor();
    await saved(page);
    await expectAccessible(page);
    await picture(page, `apply-update-${look.name}`);
    await page.goto(`/applications/new?kind=revoke&key=${key.id}`);
    await page.getByRole('textbox', { name: 'Reason for the revocation' }).fill('The shop has closed.');
    await saved(page);
    await expectAccessible(page);
    await picture(page, `apply-revoke-${look.name}`);
  }

  const renewal = await browsers.open('ada', `/keys/${key.id}/renew`);
  await renewal.getByText('The expiry date below would renew the key').waitFor();
  await renewal.getByRole('textbox', { name: 'Reason for the change' }).fill('The shop goes on.');
  await saved(renewal);
  const { body } = await ada.get(`/v1/applications/${idOf(renewal)}`);
  expect(body).toMatchObject({ kind: 'update', keyId: key.id, expiresOn: day(181), violations: [] });
});

test('what a reviewer asked for stays in view', { timeout: 120_000 }, async () => {
  const returned = await submit(keygrant, { keyName: 'Everything' });
  await decide(keygrant, 'ben', returned.id, 'return', 'Please leave out what you do not need.');
  for (const look of looks) {
    const page = await browsers.open('ada', `/applications/${returned.id}/edit`, look);
    await page.getByText('Level 2: Security').waitFor();
    await expectAccessible(page);
    await picture(page, `apply-returned-${look.name}`);
    // At once: a press that the page scrolls away from is none.
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    expect(await page.getByText('Please leave out what you do not need.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Submit for Review' }).click();
    await page.getByRole('dialog', { name: 'Submit this for review?' }).waitFor();
    await picture(page, `apply-confirm-${look.name}`);
    await page.goto('/applications/new');
    await page.getByRole('option', { name: /Prices/ }).waitFor();
    await picture(page, `apply-${look.name}`);
  }
});

test('the form speaks Chinese', async () => {
  const created = await ada.post('/v1/applications', draft({ expiresOn: day(-1), keyName: null }));
  const page = await browsers.open('ada', `/applications/${created.body.id}/edit`, { locale: 'zh-TW' });
  await page.getByRole('heading', { name: '申請 API 金鑰' }).waitFor();
  await page.getByRole('button', { name: '送出審核' }).click();
  await page.getByText('請為金鑰命名。').waitFor();
  await expectAccessible(page);
  await picture(page, 'apply-zh');
});

async function saved(page: Page): Promise<void> {
  await page.getByText(/Saved at/).waitFor();
}

function idOf(page: Page): string {
  return page.url().split('/').at(-2) ?? '';
}
