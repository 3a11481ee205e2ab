import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keyInUse } from '../keys/key.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf, expectAccessible, expectFineEverywhere, expectFits, picture } from './support.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '15s' } });
const browsers = browsersOf(keygrant);
const ada = keygrant.as('ada');

async function approved(state: 'issued' | 'delivered'): Promise<string> {
  const { id } = await submit(keygrant, { keyName: `To be ${state}` });
  for (const reviewer of ['ben', 'cleo']) await decide(keygrant, reviewer, id);
  await eventually(async () =>
    (await ada.get(`/v1/applications/${id}`)).body.state === state ? true : undefined,
  );
  if (state === 'issued') {
    expect((await ada.post(`/v1/applications/${id}/hold`)).status).toBeLessThanOrEqual(202);
    await eventually(async () => (await ada.get(`/v1/applications/${id}`)).body.heldBy ?? undefined);
  }
  return id;
}

/**
 * Opens a dialog by keyboard: it has a name and the focus, fits on a telephone, axe finds nothing, Escape closes it, and the
 * focus is where it was. For pictures it is looked at in every way.
 */
async function opens(page: Page, button: string | RegExp, name: string, exact = true): Promise<void> {
  const opener = page.getByRole('button', { name: button, exact }).first();
  await opener.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect(await dialog.getAttribute('aria-labelledby')).toBeTruthy();
  expect(await page.locator('[role=dialog]:focus, [role=dialog] :focus').count()).toBe(1);
  if (process.env['SCREENS']) await expectFineEverywhere(page, `dialog-${name}`);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectFits(page);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await opener.and(page.locator(':focus')).waitFor();
}

test('an applicant’s dialogs can be opened, read and left by keyboard, on a telephone, too', async () => {
  const { body } = await ada.post('/v1/applications', draft({ keyName: 'A draft' }));
  const { id: pending } = await submit(keygrant);
  const held = await approved('issued');
  const delivered = await approved('delivered');
  const page = await browsers.open('ada', `/applications/${body.id}/edit`);
  await opens(page, 'Submit for Review', 'submit');
  await opens(page, 'Delete draft', 'delete', false);
  await page.goto(`/applications/${pending}`);
  await opens(page, 'Withdraw', 'withdraw');
  await page.goto(`/applications/${held}`);
  await opens(page, 'Release the mail', 'release');
  await opens(page, 'Recall the key', 'recall');
  await page.goto(`/applications/${delivered}`);
  await opens(page, 'Send the credentials again', 'resend');
  await opens(page, 'Use another address', 'address');
  await ada.post(`/v1/applications/${delivered}/address`, { email: 'new@acme.example', comment: 'Moved.' });
  await opens(page, 'Take it back', 'take-back');

  const cleo = await browsers.open('cleo', `/applications/${delivered}`);
  await opens(cleo, 'Approve the address', 'address-approve');
  await opens(cleo, 'Deny the address', 'address-deny');
  const chinese = await browsers.open('ada', `/applications/${delivered}`, { locale: 'zh-TW' });
  await opens(chinese, '重新寄送憑證', 'resend-zh-TW');
  await opens(chinese, '撤回要求', 'take-back-zh-TW');
});

test('what is asked about a key can be read and left by keyboard', async () => {
  const { id } = await keyInUse(keygrant);
  const page = await browsers.open('dora', `/keys/${id}`);
  for (const [button, name] of [
    ['Rotate', 'rotate'],
    ['Suspend', 'suspend'],
    ['Report a leak', 'leak'],
    ['Set the last day', 'dgrk'],
    ['Revoke at once', 'revoke'],
  ] as const)
    await opens(page, button, name);
  const chinese = await browsers.open('dora', `/keys/${id}`, { locale: 'zh-TW' });
  await opens(chinese, '輪替', 'rotate-zh-TW');
});

test('the dialogs of reviewers and admins can be read and left by keyboard', async () => {
  await submit(keygrant, { keyName: 'One of two' });
  await submit(keygrant, { keyName: 'Two of two', clientId: 'globex' });
  const ben = await browsers.open('ben', '/reviews');
  await opens(ben, /^Keyboard/, 'shortcuts', false);
  await ben.getByText('Select all').click();
  await opens(ben, 'Decide together', 'bulk');
  await keygrant.as('ben').post('/v1/delegations', {
    deputyId: 'cleo',
    endsAt: new Date(Date.now() + 864e5).toISOString(),
    reason: 'Holidays',
  });
  await ben.goto('/reviews/delegations');
  await opens(ben, 'End it now', 'delegation-end');

  const dora = await browsers.open('dora', '/setup/clients');
  await opens(dora, 'Add a client', 'client');
  await dora.goto('/setup/apis');
  await opens(dora, 'Register an API', 'api');
  await opens(dora, 'Import OpenAPI', 'import');
  await dora.goto('/setup/people');
  await opens(dora, 'Register a person', 'person');
  const chinese = await browsers.open('dora', '/setup/people', { locale: 'zh-TW' });
  await opens(chinese, '新增人員', 'person-zh-TW');
  await picture(chinese, 'people-zh-TW');
});
