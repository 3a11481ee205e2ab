import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';
import { browsersOf, expectAccessible, looks, picture } from './support.ts';

const smtp = await openSmtpGate();
const keygrant = await startKeygrant({ env: { SMTP_URL: smtp.url } });
smtp.leadTo(keygrant.mailbox);
const browsers = browsersOf(keygrant);
const ada = keygrant.as('ada');

test('a key is applied for by keyboard alone, and what goes out is what the confirmation shows', async () => {
  const page = await browsers.open('ada', '/applications');
  await page.getByRole('link', { name: 'Apply for an API key' }).first().click();
  await page.getByRole('heading', { name: 'Apply for an API key' }).waitFor();
  await page.getByRole('combobox', { name: 'Client' }).focus();
  await page.keyboard.type('robot');
  await page.getByRole('option', { name: /Acme Robotics/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Orders for the shop');
  await page.keyboard.press('Tab');
  await page.keyboard.type('The web shop shows customers their orders.');
  await page.getByRole('button', { name: 'First of next month' }).press('Enter');
  await page.getByRole('button', { name: '1 year' }).press('Enter');
  await page.getByRole('radio', { name: 'A number of calls' }).press('Space');
  await page.getByRole('textbox', { name: 'Number of calls' }).focus();
  await page.keyboard.type('5000');
  await page.keyboard.press('Tab');
  await page.getByRole('searchbox', { name: /Search by name/ }).focus();
  await page.keyboard.type('ship');
  await page.getByRole('option', { name: /Track a shipment/ }).waitFor();
  await page.getByRole('option', { name: /orders/ }).first().waitFor({ state: 'detached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('1 API chosen').first().waitFor();
  await page.getByText('Ben Okri decides').waitFor();
  await saved(page);
  await page.getByRole('button', { name: 'Submit for Review' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Submit this for review?' });
  await dialog.waitFor();
  for (const words of ['Acme Robotics (acme)', 'Orders for the shop', '5,000 calls', 'Ben Okri', 'Cleo Wang'])
    await dialog.getByText(words).first().waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Submit for Review' }).press('Enter');
  await page.waitForURL(/\/applications\/app_[0-9a-z]+$/);
  const { body } = await ada.get('/v1/applications');
  expect(body.items[0]).toMatchObject({ state: 'pending', keyName: 'Orders for the shop', quota: 5000 });
});

async function saved(page: Page): Promise<void> {
  await page.getByText(/^Saved at/).waitFor();
}
