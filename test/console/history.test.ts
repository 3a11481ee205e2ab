import { readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { unguarded } from '../db/tampering.ts';
import { day, decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf, expectAccessible, expectFits, looks, picture } from './support.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const browsers = browsersOf(keygrant);

const delivered = (await submit(keygrant, { keyName: 'Orders for the shop' })).id;
await decide(keygrant, 'ben', delivered, 'approve', 'Seen.');
await decide(keygrant, 'cleo', delivered);
const denied = (await submit(keygrant, { keyName: 'Everything, for ever', clientId: 'globex' })).id;
await decide(keygrant, 'ben', denied, 'deny', 'Far too broad.');
await submit(keygrant, { keyName: 'Stock for the app' });
await eventually(
  async () =>
    (await keygrant.as('ada').get(`/v1/applications/${delivered}`)).body.state === 'delivered' || undefined,
);

test('a selection stands in the address, and is the same as a file', async () => {
  const page = await browsers.open('emil', '/history');
  await page.getByRole('row', { name: 'Stock for the app' }).waitFor();
  await page.getByRole('searchbox').fill('too broad');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await page.getByRole('row', { name: 'Stock for the app' }).waitFor();

  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByRole('combobox', { name: /Client/ }).fill('glo');
  await page.getByRole('option', { name: /Globex/ }).click();
  await page.getByRole('combobox', { name: /Reviewer/ }).fill('ben');
  await page.getByRole('option', { name: /Ben Okri/ }).click();
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  expect(new URL(page.url()).search).toContain('clientId=globex&reviewerId=ben');
  // Whoever opens the address sees the same.
  await page.reload();
  await page.getByRole('row', { name: 'Everything, for ever' }).waitFor();
  expect(await page.getByRole('combobox', { name: /Client/ }).inputValue()).toBe('Globex Logistics');
  expect(await page.getByRole('combobox', { name: /Reviewer/ }).inputValue()).toBe('Ben Okri');
  await expectAccessible(page);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toContain('Everything, for ever');
  expect(csv).not.toContain('Orders for the shop');

  await page.goto(`/history?from=${day(1)}&state=nonsense`);
  await page.getByText('Nothing matches').waitFor();
});

test('each application has its whole trail: rows of the chain, decisions, mails', async () => {
  const page = await browsers.open('emil', '/history');
  await page.getByRole('row', { name: 'Orders for the shop' }).click();
  await page.getByRole('heading', { name: 'The full trail' }).waitFor();
  const trail = page.getByRole('list', { name: 'The full trail' }).getByRole('listitem');
  await trail.first().waitFor();
  const all = await trail.count();
  await page.getByRole('radio', { name: 'Mails' }).click({ force: true });
  await trail
    .getByText(/Attempt 1 to mail/)
    .first()
    .waitFor();
  expect(await trail.count()).toBeLessThan(all);
  await expectAccessible(page);
});

test('that the chain verifies is told to those who may read all of it; everything fits, at every width, in both languages', async () => {
  const reviewer = await browsers.open('ben', '/history');
  await reviewer.getByRole('row', { name: 'Orders for the shop' }).waitFor();
  expect(await reviewer.getByText('audit chain').count()).toBe(0);
  for (const look of looks) {
    const page = await browsers.open('emil', '/history', look);
    await page.getByText('The audit chain is intact').waitFor();
    await page.getByRole('row', { name: 'Orders for the shop' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await picture(page, `history-${look.name}`);
    await page.goto(`/history/${delivered}`);
    await page
      .getByText(/Attempt 1 to mail/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await picture(page, `history-trail-${look.name}`);
  }
  const chinese = await browsers.open('emil', '/history', { locale: 'zh-TW' });
  await chinese.getByText('稽核鏈完整無誤').waitFor();
  await picture(chinese, 'history-zh');
});

test('a trail that somebody has edited is said to be broken, and where', async () => {
  // Of its own: a verification is believed for a minute.
  const edited = await startKeygrant({ worker: false });
  const owner = postgres(edited.ownerUrl, { max: 1, onnotice: () => {} });
  await unguarded(owner, () => owner`update audit set actor = 'nobody' where seq = 3`);
  await owner.end();
  const page = await browsersOf(edited).open('emil', '/history');
  await page.getByText('The audit chain does not verify').waitFor();
  await page.getByText(/broken at row 3/).waitFor();
  await expectAccessible(page);
});
