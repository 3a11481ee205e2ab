import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf } from './support.ts';

const keygrant = await startKeygrant({ worker: false });
const browsers = browsersOf(keygrant);

test('the first load takes at most 250 KiB, compressed: scripts, styles and the page itself', async () => {
  const page = await browsers.stranger();
  const loaded: Promise<number>[] = [];
  page.on('response', (response) => {
    const { origin, pathname } = new URL(response.url());
    const isConsole = origin === keygrant.config.publicUrl && !/^\/(?:v1|session)\//.test(pathname);
    if (isConsole && response.ok()) loaded.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto('/session/sign-in?returnTo=/applications');
  await page.locator('button[value="ada"]').click();
  await page.getByText('No applications yet').waitFor();
  await page.waitForLoadState('networkidle');
  const sizes = await Promise.all(loaded);
  expect(sizes.length).toBeGreaterThan(3);
  expect(sizes.reduce((all, size) => all + size, 0)).toBeLessThanOrEqual(250 * 1024);
});
