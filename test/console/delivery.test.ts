import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf, expectAccessible, expectFineEverywhere } from './support.ts';

const keygrant = await startKeygrant({ env: { DELIVERY: 'link', DELIVERY_DELAY: '1s' } });
const browsers = browsersOf(keygrant);
const ada = keygrant.as('ada');

async function delivered(): Promise<string> {
  const { id } = await submit(keygrant);
  for (const reviewer of ['ben', 'cleo']) await decide(keygrant, reviewer, id);
  await eventually(async () =>
    (await ada.get(`/v1/applications/${id}`)).body.state === 'delivered' ? true : undefined,
  );
  return id;
}

/** The links that were mailed about an application, in order. */
async function linksIn(id: string) {
  const mails = await keygrant.mailbox.messages();
  return mails
    .filter(({ text }) => text.includes(id) && text.includes('/reveal#'))
    .map(({ to, text }) => {
      const [, keyId = '', token = ''] = /\/reveal#(key_[0-9a-z]+)\.(\S+)/.exec(text) ?? [];
      return { to, keyId, token };
    });
}

const reveal = ({ keyId, token }: { keyId: string; token: string }) =>
  ada.post(`/v1/keys/${keyId}/reveal`, { token });

/** Presses a button, fills in the dialog that it opens, and presses the one of the same name there. */
async function act(page: Page, name: string, fields: Record<string, string> = {}): Promise<void> {
  await page.getByRole('button', { name }).click();
  const dialog = page.getByRole('dialog', { name });
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole('button', { name }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('where keys are handed over by a link, the page says what became of it, and a new one takes the place of the old', async () => {
  const id = await delivered();
  const page = await browsers.open('ada', `/applications/${id}`);
  await page.getByText(/The link in the mail shows it once, until .* Nobody has used it yet/).waitFor();
  await page.getByText('The API key and a link to the secret').first().waitFor();
  await act(page, 'Send a new link');
  await page.getByText('A new link is mailed').waitFor();
  await page.locator('#standing:focus').waitFor();
  const [first, second] = await eventually(async () => {
    const links = await linksIn(id);
    return links.length === 2 ? links : undefined;
  });
  if (!first || !second) throw new Error('two links');
  expect((await reveal(first)).body.type).toBe('/problems/link-superseded');
  expect((await reveal(second)).status).toBe(200);
  await page.getByText('Shown once, to Ada Lovelace').waitFor();
  await page.getByRole('button', { name: 'Send a new link' }).waitFor({ state: 'detached' });
  await expectFineEverywhere(page, 'application-link');
});

test('another address is asked for, taken back, denied with a reason, and approved as it was read', async () => {
  const id = await delivered();
  const page = await browsers.open('ada', `/applications/${id}`);
  const ask = (email: string) =>
    act(page, 'Use another address', { 'Mail address': email, Why: 'Our address has changed.' });
  await page.getByRole('button', { name: 'Use another address' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The one before is void from then on.').waitFor();
  await dialog.getByLabel('Mail address').fill('nonsense');
  await dialog.getByLabel('Why').fill('Our address has changed.');
  await dialog.getByRole('button', { name: 'Use another address' }).click();
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByLabel('Mail address').getAttribute('aria-invalid')).toBe('true');
  await expectFineEverywhere(page, 'application-address-refused');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await ask('first@acme.example');
  await page.getByText('Waiting for Cleo Wang.').waitFor();
  await act(page, 'Take it back');
  await page.getByText('Taken back.', { exact: true }).waitFor();

  // Denied where the mail about it leads, with a word that the applicant reads at once.
  await ask('second@acme.example');
  const cleo = await browsers.open('cleo', `/reviews/${id}`);
  await cleo.getByText('second@acme.example').first().waitFor();
  await cleo.getByRole('button', { name: 'Deny' }).click();
  await cleo.getByText('Say why.').waitFor();
  await cleo.getByRole('textbox', { name: 'Comment' }).fill('That is not theirs.');
  await expectFineEverywhere(cleo, 'reviews-address');
  await cleo.getByRole('button', { name: 'Deny' }).click();
  await cleo.locator(':focus').getByText('That is not theirs.').waitFor();
  await page.getByText('That is not theirs.').first().waitFor();

  // Replaced while the reviewer reads: what they did not see they cannot approve.
  await ask('third@acme.example');
  await cleo.reload();
  await cleo.getByText('third@acme.example').first().waitFor();
  await act(page, 'Take it back');
  await ask('right@acme.example');
  await page.getByText('right@acme.example').first().waitFor();
  await cleo.getByRole('button', { name: 'Approve this address' }).click();
  await cleo.getByText('That address is no longer asked for.').waitFor();
  await expectAccessible(cleo);
  expect((await ada.get(`/v1/applications/${id}`)).body.addressChange.state).toBe('pending');
  await cleo.getByRole('button', { name: 'Look again' }).click();
  await cleo.getByText('right@acme.example').first().waitFor();
  await cleo.getByRole('button', { name: 'Approve this address' }).click();
  await cleo
    .locator(':focus')
    .getByText(/^Approved/)
    .waitFor();
  await page.getByText('Approved, and mailed there.').waitFor();
  const links = await linksIn(id);
  expect(links.map(({ to }) => to).at(-1)).toEqual(['right@acme.example']);
  const [first] = links;
  expect(first && (await reveal(first)).body.type).toBe('/problems/link-superseded');
});
