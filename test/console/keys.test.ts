import { expect, test } from 'vitest';
import { keyCalls, keyUses } from '../../src/db/schema/calls.ts';
import { call, keyInUse, mailedSecrets } from '../keys/key.ts';
import { day } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf, expectAccessible, expectFits, looks, picture, showAs } from './support.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const browsers = browsersOf(keygrant);
const { db } = keygrant;
const dora = keygrant.as('dora');

test('a holder finds their keys by state and text, and sees how each is used, at every width and in both languages', async () => {
  const empty = await browsers.open('ada', '/keys');
  await empty.getByText('No keys yet').waitFor();
  await expectAccessible(empty);

  const busy = await keyInUse(keygrant, { quota: 1000, used: 870 });
  await keyInUse(keygrant, { expiresOn: day(-1), effectiveOn: day(-30) });
  await keyInUse(keygrant, { effectiveOn: day(3) });
  const days = Array.from({ length: 30 }, (_, at) => ({
    keyId: busy.id,
    day: day(-at),
    passed: (at * 37) % 90,
    refused: at % 7 === 0 ? 12 : 0,
  }));
  await db.insert(keyCalls).values(days);
  await db.insert(keyUses).values({ keyId: busy.id, scheme: 'message', lastAt: new Date() });

  const [passed, refused] = (['passed', 'refused'] as const).map((name) =>
    days.reduce((sum, each) => sum + each[name], 0),
  );
  const page = await browsers.open('ada', '/keys');
  for (const look of looks) {
    await page.goto('/keys');
    await showAs(page, look);
    await page.getByRole('row').nth(3).waitFor();
    await expectAccessible(page);
    await picture(page, `keys-${look.name}`);
    await page.goto(`/keys/${busy.id}`);
    await page.getByText(`${passed?.toLocaleString('en')} calls passed and ${refused} refused`).waitFor();
    await page.locator('.recharts-bar-rectangle').first().waitFor();
    await page.getByText('Show as a table').click();
    await page.getByRole('table').getByRole('row').nth(30).waitFor();
    await page.getByText('Show as a table').click();
    await expectAccessible(page);
    await expectFits(page);
    await picture(page, `key-${look.name}`);
  }

  await page.goto('/keys');
  await page.getByRole('row').nth(3).waitFor();
  await page.getByRole('button', { name: /State/ }).click();
  await page.getByRole('option', { name: 'Expired' }).click();
  await page.waitForURL('**/keys?state=expired');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByRole('combobox', { name: 'Client' }).fill('acme');
  await page.getByRole('option', { name: /Acme Robotics/ }).click();
  await page.waitForURL('**/keys?state=expired&client=acme');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByRole('searchbox').fill('nothing like this');
  await page.getByText('Nothing matches').waitFor();

  const chinese = await browsers.open('ada', `/keys/${busy.id}`, { locale: 'zh-TW', width: 360 });
  await chinese.getByRole('heading', { name: '您可以執行的操作' }).waitFor();
  await chinese.locator('.recharts-bar-rectangle').first().waitFor();
  await expectFits(chinese);
  await picture(chinese, 'key-zh-tw');
});

test('a holder rotates the secret, and ends the one before when everything signs with the new one', async () => {
  const pair = await keyInUse(keygrant);
  const page = await browsers.open('ada', `/keys/${pair.id}`);
  await page.getByRole('button', { name: 'Rotate', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The API key stays.').waitFor();
  await dialog.getByRole('radio', { name: /Until it is no longer used/ }).check({ force: true });
  await dialog.getByRole('textbox', { name: 'Days without a call' }).waitFor();
  await expectAccessible(page);
  await picture(page, 'key-rotate');
  await dialog.getByRole('radio', { name: 'Seven days' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Two secrets are valid').waitFor();
  await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Where it stands');
  const [secretKey = ''] = await eventually(async () => {
    const mailed = await mailedSecrets(keygrant, pair);
    return mailed.length > 0 ? mailed : undefined;
  });
  await expectAccessible(page);
  await picture(page, 'key-rotating');

  await page.getByRole('button', { name: 'End the old secret now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End the old secret now' }).click();
  await page.getByText('Two secrets are valid').waitFor({ state: 'detached' });
  expect((await call(pair, dora)).reason).toBe('unauthorized');
  expect((await call({ ...pair, secretKey }, dora)).valid).toBe(true);
});

test('a holder suspends a key with a reason, and resumes it', async () => {
  const pair = await keyInUse(keygrant);
  const page = await browsers.open('ada', `/keys/${pair.id}`);
  await page.getByRole('button', { name: 'Suspend', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await dialog.getByText('Say why; others are told.').first().waitFor();
  await expectAccessible(page);
  await dialog.getByRole('textbox', { name: 'Why' }).fill('The shop is closed for a week.');
  await dialog.getByRole('button', { name: 'Suspend' }).click();
  await page.getByText('Suspended: calls are refused').waitFor();
  await page.getByText('The shop is closed for a week.').first().waitFor();
  expect((await call(pair, dora)).reason).toBe('suspended');
  await expectAccessible(page);
  await picture(page, 'key-suspended');

  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await page.getByText('Suspended: calls are refused').waitFor({ state: 'detached' });
  expect((await call(pair, dora)).valid).toBe(true);
});

test('after a leak the holder has a new secret without a review, and the leaked one is void', async () => {
  const pair = await keyInUse(keygrant);
  const page = await browsers.open('ada', `/keys/${pair.id}`, { width: 360 });
  await page.getByRole('button', { name: 'Report a leak' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Why' }).fill('It stood in a public repository.');
  await expectAccessible(page);
  await picture(page, 'key-leak-360');
  await dialog.getByRole('button', { name: 'Report a leak' }).click();
  await page.getByText('Its secret has leaked: calls are refused').waitFor();
  expect((await call(pair, dora)).reason).toBe('suspended');
  await expectFits(page);

  await page.getByRole('button', { name: 'Issue a new secret' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Issue a new secret' }).click();
  await page.getByText('Its secret has leaked').waitFor({ state: 'detached' });
  const [secretKey = ''] = await eventually(async () => {
    const mailed = await mailedSecrets(keygrant, pair);
    return mailed.length > 0 ? mailed : undefined;
  });
  expect((await call(pair, dora)).reason).toBe('unauthorized');
  expect((await call({ ...pair, secretKey }, dora)).valid).toBe(true);
});

test('an admin limits DGRK and revokes at once; a change of the key leads to an application', async () => {
  const pair = await keyInUse(keygrant);
  const page = await browsers.open('dora', `/keys/${pair.id}`);
  await page.getByRole('button', { name: 'Set the last day' }).click();
  await page
    .getByRole('dialog')
    .getByRole('radio', { name: /Not any more/ })
    .check({ force: true });
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Set the last day' }).click();
  await page.getByText('only RFC 9421 passes').waitFor();
  expect((await call(pair, dora)).reason).toBe('dgrk-refused');

  await page.getByRole('button', { name: 'Revoke at once' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Why' }).fill('The partner is gone.');
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke at once' }).click();
  await page.getByText('Revoked for good. A new application').waitFor();
  expect((await call(pair, dora)).valid).toBe(false);

  const other = await keyInUse(keygrant);
  const holder = await browsers.open('ada', `/keys/${other.id}`);
  await holder.getByRole('link', { name: 'Apply for a change' }).click();
  await holder.waitForURL(`**/applications/new?kind=update&key=${other.id}`);
  await holder.goto(`/keys/${other.id}/renew`);
  await holder.waitForURL(({ search }) => search.startsWith(`?kind=update&key=${other.id}&renew`));
});
