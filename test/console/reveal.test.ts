import { expect, test } from 'vitest';
import { decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf, expectAccessible, expectFineEverywhere, expectFits, picture } from './support.ts';

const env = { DELIVERY: 'link', DELIVERY_DELAY: '0s' };
const [keygrant, hasty] = await Promise.all([
  startKeygrant({ env }),
  startKeygrant({ env: { ...env, REVEAL_EXPIRES_AFTER: '2s' } }),
]);
const browsers = browsersOf(keygrant);
const hastyBrowsers = browsersOf(hasty);

/** The link in the mail of a new key, as its reader would click it. */
async function mailedLink(at = keygrant) {
  const { id } = await submit(at);
  await decide(at, 'ben', id);
  await decide(at, 'cleo', id);
  const link = await eventually(async () => {
    const mails = (await at.mailbox.messages()).filter(({ text }) => text.includes(id));
    return mails.map(({ text }) => /https?:\S+\/reveal#\S+/.exec(text)?.[0]).find((found) => found);
  });
  const state = async () => (await at.as('ada').get(`/v1/applications/${id}`)).body.link.state;
  return { id, link, state };
}

test('a mailed link leads through the sign-in to the secret, which a button shows once; later one is told to whom, and when', async () => {
  const { link, state } = await mailedLink();
  const page = await browsers.stranger();
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url()));
  await page.goto(link);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator('button[value="ada"]').click();
  await page.getByRole('heading', { name: 'Secret Key of your API key' }).waitFor();
  // Neither this address nor any on the way tells the token.
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/reveal');
  const [, token = ''] = /#[^.]+\.(.+)$/.exec(link) ?? [];
  expect(sent.filter((address) => address.includes(token))).toEqual([]);
  expect(await state()).toBe('open');
  await expectFineEverywhere(page, 'reveal');

  await page.getByRole('button', { name: 'Show the Secret Key now' }).click();
  await page.getByText('Copy both keys now').waitFor();
  const apiKey = await page.getByLabel('API Key (Public)').innerText();
  const secretKey = await page.getByLabel('Secret Key (Private)').innerText();
  expect([apiKey.length, secretKey.length]).toEqual([56, 88]);
  const focused = page.locator(':focus');
  await focused.getByText('Copy both keys now').waitFor();
  await expectFineEverywhere(page, 'revealed');
  await page.setViewportSize({ width: 360, height: 800 });
  await expectFits(page);
  const kept = await page.evaluate(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])',
  );
  for (const secret of [secretKey, token]) expect(kept).not.toContain(secret);
  await page.reload();
  await page.getByText('Open the link in your mail again').waitFor();
  expect(await page.content()).not.toContain(secretKey);

  await page.goto(link);
  await page.getByRole('button', { name: 'Show the Secret Key now' }).click();
  await page.getByText(/It was shown to Ada Lovelace at \d{4}-\d\d-\d\d/).waitFor();
  expect(await page.getByRole('button', { name: 'Show the Secret Key now' }).count()).toBe(0);
  await expectAccessible(page);
});

test('another person is refused, uses nothing up, and may sign in as the one who is meant', async () => {
  const { link, state } = await mailedLink();
  const page = await browsers.open('ben', '/', { width: 360, locale: 'zh-TW' });
  await page.goto(link);
  await page.getByRole('button', { name: '立即顯示私鑰' }).click();
  await page.getByText('私鑰只會親自顯示給申請人').waitFor();
  expect(await state()).toBe('open');
  await expectAccessible(page);
  await expectFits(page);
  await picture(page, 'reveal-refused-zh');
  await page.getByRole('link', { name: '以其他帳號登入' }).click();
  await page.locator('button[value="ada"]').click();
  await page.getByRole('button', { name: '立即顯示私鑰' }).click();
  await page.getByText('請立即複製公鑰與私鑰').waitFor();
  expect(await state()).toBe('revealed');
});

test('who opens a link too late is led to where another one is mailed', async () => {
  const { id, link, state } = await mailedLink(hasty);
  await expect.poll(state, { timeout: 30_000 }).toBe('expired');
  const page = await hastyBrowsers.open('ada', '/');
  await page.goto(link);
  await page.getByRole('button', { name: 'Show the Secret Key now' }).click();
  await page.getByText('The link has expired').waitFor();
  await expectFineEverywhere(page, 'reveal-expired');
  await page.getByRole('link', { name: 'Open the application' }).click();
  await page.getByText('The link has expired before anybody used it.').waitFor();
  await page.getByRole('button', { name: 'Send a new link' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send a new link' }).click();
  await page.getByText('A new link is mailed').waitFor();
  const linkMails = async () =>
    (await hasty.mailbox.messages()).filter(({ text }) => text.includes(id) && text.includes('/reveal#'));
  // Not the reminder, whose link is the one that has expired.
  await eventually(async () => (await linkMails()).some(({ text }) => !text.includes(link)) || undefined);
});
