import { expect, test } from 'vitest';
import { decide, draft, submit } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf, expectAccessible, looks, picture } from './support.ts';

const keygrant = await startKeygrant();
const browsers = browsersOf(keygrant);

test('an applicant sees where each application stands, in both languages and at every width', async () => {
  const empty = await browsers.open('ada', '/applications');
  await empty.getByText('No applications yet').waitFor();
  await expectAccessible(empty);

  await keygrant.as('ada').post('/v1/applications', draft({ keyName: 'Stock for the app' }));
  await submit(keygrant);
  const denied = await submit(keygrant, { keyName: 'Everything, for ever' });
  await decide(keygrant, 'ben', denied.id, 'deny');
  for (const look of looks) {
    const page = await browsers.open('ada', '/applications', look);
    await page.getByRole('row', { name: 'Orders for the shop' }).waitFor();
    await expectAccessible(page);
    await picture(page, `applications-${look.name}`);
  }
  const chinese = await browsers.open('ada', '/applications', { locale: 'zh-TW' });
  await chinese.getByRole('heading', { name: '申請單' }).waitFor();
  expect(await chinese.locator('html').getAttribute('lang')).toBe('zh-TW');
});
