import { afterAll, expect, test } from 'vitest';
import { apis } from '../../src/db/schema/registry.ts';
import { buildGateway } from '../../src/http/gateway.ts';
import { pairIn } from '../../src/stack/demo-mail.ts';
import { freePort } from '../../src/stack/ports.ts';
import { startUpstream } from '../gateway/upstream.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf } from './support.ts';

const port = await freePort();
const env = { DELIVERY_DELAY: '2s', GATEWAY_URL: `http://127.0.0.1:${port}` };
const keygrant = await startKeygrant({ env });
const upstream = await startUpstream((_, response) => response.end('["an order"]'));
await keygrant.db.update(apis).set({ upstreamUrl: upstream.url });
const gateway = await buildGateway(keygrant.context, {});
afterAll(() => gateway.close());
await gateway.listen({ host: '127.0.0.1', port });
const browsers = browsersOf(keygrant);

test('the five steps of the document, by three people at their browsers, up to a call that passes', async () => {
  // 1. Ada fills in the form and submits it.
  const ada = await browsers.open('ada', '/applications');
  await ada.getByRole('link', { name: 'Apply for an API key' }).first().click();
  await ada.getByRole('combobox', { name: 'Client' }).fill('acm');
  await ada.getByRole('option', { name: /Acme Robotics/ }).click();
  await ada.getByRole('textbox', { name: 'Key name' }).fill('Orders for the shop');
  await ada.getByRole('textbox', { name: 'Description' }).fill('Shows customers their orders.');
  await ada.getByRole('button', { name: 'Today' }).click();
  await ada.getByRole('button', { name: '1 year' }).click();
  await ada.getByRole('radio', { name: 'Unlimited' }).check({ force: true });
  await ada.getByRole('option', { name: /List orders/ }).click();
  await ada.getByRole('button', { name: 'Submit for Review' }).click();
  await ada.getByRole('dialog').getByRole('button', { name: 'Submit for Review' }).click();
  await ada.waitForURL(/\/applications\/app_[0-9a-z]+$/);

  // 2. and 3. Ben and Cleo find it in their inboxes and approve, level by level.
  for (const [reviewer, level] of [
    ['ben', 'level 2 of 2'],
    ['cleo', 'the key exists'],
  ] as const) {
    const page = await browsers.open(reviewer, '/reviews');
    await page.getByRole('row', { name: 'Orders for the shop' }).getByText('Orders for the shop').click();
    await page.getByRole('radio', { name: /^Approve/ }).check({ force: true });
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Your decision is on record: approved.').waitFor();
    // Ada sees it without a reload.
    await ada.getByText(level).first().waitFor();
  }

  // 4. The mail leaves after its delay.
  await ada.getByText('Delivered').first().waitFor({ timeout: 30_000 });
  const mail = await eventually(async () =>
    (await keygrant.mailbox.messages()).find(({ text }) => text.includes('Secret Key (Private)')),
  );
  expect(mail.subject).toBe('【digiRunner】Notification API Key Authorization Result');

  // 5. Ada tries the key.
  await ada.getByRole('link', { name: 'Try it' }).last().click();
  await ada.getByLabel('Secret Key (Private)').fill(pairIn(mail.text).secretKey);
  await ada.getByRole('button', { name: 'Sign and send' }).click();
  await ada.getByText('It passed', { exact: true }).waitFor();
  expect(upstream.calls).toHaveLength(1);
}, 120_000);
