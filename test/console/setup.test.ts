import { expect, test } from 'vitest';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf, expectAccessible, expectFineEverywhere, picture } from './support.ts';

const keygrant = await startKeygrant();
const browsers = browsersOf(keygrant);
const dora = keygrant.as('dora');

test('an admin adds a client and is told at its field what a wrong value should be', async () => {
  const page = await browsers.open('dora', '/setup');
  await page.getByRole('button', { name: 'Add a client' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Id').fill('Not An Id');
  await form.getByLabel('Name').fill('Initech Billing');
  await form.getByLabel('Mail addresses').fill('keys@initech.example');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('lower-case letters and digits').first().waitFor();
  await expectAccessible(page);
  await form.getByLabel('Id').fill('initech');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: 'Initech Billing' }).waitFor();
  expect((await dora.get('/v1/clients/initech')).body).toMatchObject({ emails: ['keys@initech.example'] });
});

test('what was written in a form is not lost by Escape: it asks first, and a second Escape goes on writing', async () => {
  const page = await browsers.open('dora', '/setup');
  const form = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Add a client' }).click();
  await form.waitFor();
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Add a client' }).click();
  await form.getByLabel('Name').fill('Umbrella');
  await page.keyboard.press('Escape');
  await form.getByText('What you wrote is not saved.').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await form.getByRole('button', { name: 'Save' }).waitFor();
  await page.keyboard.press('Escape');
  // The focus is on what loses nothing.
  await page.keyboard.press('Enter');
  expect(await form.getByLabel('Name').inputValue()).toBe('Umbrella');
  expect(await page.locator('[role=dialog] :focus').count()).toBe(1);
  await form.getByRole('button', { name: 'Close' }).click();
  await form.getByRole('button', { name: 'Discard it' }).click();
  await form.waitFor({ state: 'detached' });
});

test('an admin stores a new version of a flow, and one who was first in between is not overwritten', async () => {
  const page = await browsers.open('dora', '/setup/flows');
  await page.getByRole('link', { name: 'Edit as a new version' }).first().click();
  await page.getByRole('button', { name: 'Add a level' }).click();
  const level = page.getByRole('group', { name: 'Level 3' });
  await level.getByLabel('Name', { exact: true }).fill('Head of APIs');
  await level.getByRole('combobox', { name: 'Reviewers by name' }).fill('cleo');
  await page.getByRole('option').first().click();
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Store version 2' }).click();
  await page.getByText('Version 2 of default is stored.').waitFor();
  const { body: stored } = await dora.get('/v1/flows/default');
  expect(stored).toMatchObject({ version: 2, levels: [{}, {}, { name: 'Head of APIs' }] });

  await page.getByRole('link', { name: 'Edit as a new version' }).first().click();
  await page.getByLabel('Name', { exact: true }).first().fill('Mine');
  const { id: _, version: __, createdBy: ___, createdAt: ____, ...content } = stored;
  await dora.put('/v1/flows/default', { ...content, name: 'Theirs' });
  await page.getByRole('button', { name: 'Store version 3' }).click();
  await page.getByText('This has changed meanwhile').waitFor();
  expect((await dora.get('/v1/flows/default')).body).toMatchObject({ version: 3, name: 'Theirs' });
});

test('a mail is previewed as it will look, and what it must not lack is told', async () => {
  const page = await browsers.open('dora', '/setup/mail');
  await page.getByText('After the last approval and the delay, to the applicant and the client.').waitFor();
  await page.getByRole('button', { name: 'Preview' }).click();
  const dialog = page.getByRole('dialog');
  // As a mail program shows it, its own styles and all; the browser complains of what a policy refuses, and the test of that.
  const inFrame = (expression: string) =>
    page.evaluate<string>(`((page) => ${expression})(document.querySelector('iframe').contentDocument)`);
  await expect.poll(() => inFrame('page.body?.innerText')).toContain('API Key (Public)');
  expect(await inFrame("getComputedStyle(page.querySelector('h1')).fontSize")).toBe('20px');
  expect(await inFrame("page.querySelector('a[href], script')")).toBeNull();
  await expectFineEverywhere(page, 'setup-mail-preview');
  await dialog.getByRole('tab', { name: 'As text' }).click();
  await dialog.getByText('API Key (Public)').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('Text').fill('Nothing of use');
  await page.getByRole('button', { name: 'Store a new version' }).click();
  await page.getByRole('alert').waitFor();
  expect((await dora.get('/v1/mail-templates/credentials/en')).body.version).toBe(0);
});

test('an OpenAPI document is shown before it is imported, and a test mail tells what the server said', async () => {
  const page = await browsers.open('dora', '/setup/apis');
  await page.getByRole('button', { name: 'Import OpenAPI' }).click();
  const form = page.getByRole('dialog');
  const operation = { operationId: 'listShips', summary: 'List ships', responses: {} };
  await form.getByLabel('Document').fill(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Harbour', version: '1' },
      servers: [{ url: 'https://harbour.example' }],
      paths: { '/ships': { get: operation } },
    }),
  );
  const all = form.getByRole('button', { name: 'Import all of it' });
  expect(await all.isDisabled()).toBe(true);
  await form.getByRole('button', { name: 'See what would be done' }).click();
  await form.getByRole('list', { name: 'Harbour' }).getByText('GET /ships').waitFor();
  expect((await dora.get('/v1/apis?q=ships')).body.items).toEqual([]);
  await all.click();
  await page.getByRole('row', { name: 'List ships' }).waitFor();

  await page.goto('/setup/mail');
  await page.getByRole('button', { name: 'Send me a test mail' }).click();
  await page.getByText('The server took the mail to dora@example.com.').waitFor();
});

test('setup is for admins, and looks right everywhere', async () => {
  const stranger = await browsers.open('ada', '/setup/clients');
  await stranger.getByText('This is not for you').waitFor();
  const page = await browsers.open('dora', '/setup');
  for (const part of ['clients', 'apis', 'people', 'flows', 'mail', 'flows/default']) {
    await page.goto(`/setup/${part}`);
    await page.locator('main table, main section, main form').first().waitFor();
    await expectFineEverywhere(page, `setup-${part.replace('/', '-')}`);
  }
  const chinese = await browsers.open('dora', '/setup/flows', { locale: 'zh-TW' });
  await chinese.getByRole('link', { name: '新增流程' }).waitFor();
  await picture(chinese, 'setup-flows-zh');
  await chinese.goto('/setup/mail');
  await chinese.getByText('最後一關核准並經過等待時間後').waitFor();
  await chinese.getByRole('button', { name: '憑證 郵件' }).click();
  await chinese.getByRole('option', { name: '請審核人決定' }).click();
  await chinese.getByText('關卡開放審核時，立即寄給所有可審核的人。').waitFor();
  await expectAccessible(chinese);
});
