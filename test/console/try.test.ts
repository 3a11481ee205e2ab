import { pino } from 'pino';
import type { Page, Request } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { apis } from '../../src/db/schema/registry.ts';
import { buildGateway } from '../../src/http/gateway.ts';
import { pairIn } from '../../src/stack/demo-mail.ts';
import { freePort } from '../../src/stack/ports.ts';
import { insertKey } from '../gateway/keys.ts';
import { startUpstream } from '../gateway/upstream.ts';
import { decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf, expectAccessible, expectFits, looks, picture, showAs } from './support.ts';

// Where the gateway is stands in the page's Content-Security-Policy, so it is decided before anything starts.
const port = await freePort();
const gatewayUrl = `http://127.0.0.1:${port}`;
const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s', GATEWAY_URL: gatewayUrl } });
const upstream = await startUpstream(({ method, url, body }, response) =>
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ method, url, body })),
);
await keygrant.db.update(apis).set({ upstreamUrl: upstream.url });
const loggerInstance = pino({ level: 'debug' }, { write: (line) => void keygrant.log.push(line) });
const gateway = await buildGateway(keygrant.context, { loggerInstance });
afterAll(() => gateway.close());
await gateway.listen({ host: '127.0.0.1', port });
const browsers = browsersOf(keygrant);

test('the pair from the mail makes a green call; the secret leaves the page as a signature alone, and is stored nowhere', async () => {
  const { id } = await submit(keygrant, { apiIds: ['orders-read', 'orders-create', 'prices'] });
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
  const mail = await eventually(async () =>
    (await keygrant.mailbox.messages()).find(({ text }) => text.includes('Secret Key (Private)')),
  );
  const { secretKey } = pairIn(mail.text);
  const [{ id: keyId }] = (await keygrant.as('ada').get('/v1/keys')).body.items;

  const page = await browsers.open('ada', '/try');
  const sent: string[] = [];
  page.on('request', (request) => void sent.push(textOf(request)));
  await expectAccessible(page);
  await page.getByRole('combobox', { name: 'Key' }).fill('Orders');
  await page.getByRole('option', { name: /Orders for the shop/ }).click();
  await page.waitForURL(`**/try?key=${keyId}`);
  await choose(page, 'API', 'GET /orders/{id} · Read an order');
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText('Without it there is no path.').waitFor();
  await page.getByText('Paste the secret first.').waitFor();
  await page.getByRole('textbox', { name: 'Path: id' }).fill('7 a');
  await page.getByRole('textbox', { name: 'Query' }).fill('page=2');
  // The whole mail, as somebody in a hurry would paste it.
  await paste(page, mail.text);
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText('It passed', { exact: true }).waitFor();
  expect(upstream.calls.at(-1)?.url).toBe('/orders/7%20a?page=2');
  await page.getByText('"url": "/orders/7%20a?page=2"').waitFor();
  await page.getByText('"@path": /orders/7%20a').waitFor();
  await expectAccessible(page);

  await choose(page, 'API', 'POST /orders · Create an order');
  await page.getByRole('textbox', { name: 'Body' }).fill('{"item": 7}');
  await page.getByRole('radio', { name: /DGRK/ }).check({ force: true });
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText('{"item":7}').waitFor();
  expect(upstream.calls.at(-1)).toMatchObject({ method: 'POST', body: '{"item": 7}' });
  await page.getByText('It passed', { exact: true }).waitFor();

  for (const tab of ['curl', 'JavaScript', 'Python']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel').getByText('SECRET_KEY').first().waitFor();
  }
  await expectAccessible(page);
  const shown = await page.getByRole('main').innerText();
  const kept = await page.evaluate(
    `(async () => JSON.stringify([
      { ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state,
      await indexedDB.databases(), await caches.keys(),
    ]))()`,
  );
  expect(sent.some((text) => text.includes('keygrant=:'))).toBe(true);
  for (const text of [
    ...sent,
    shown,
    String(kept),
    upstream.calls.map((call) => JSON.stringify(call)).join(),
  ])
    expect(text).not.toContain(secretKey.slice(0, 20));
});

test('a refused call says why and what to do, at every width and in both languages', async () => {
  const pair = await insertKey(keygrant, { quota: 1 });
  const page = await browsers.open('ada', `/try?key=${pair.id}`);
  await paste(page, pair.secretKey.slice(0, -1));
  await page.getByText('A secret has 88 characters, and this has 87.').waitFor();
  await paste(page, pair.apiKey);
  await page.getByText('This is the public half.').waitFor();
  const other = await insertKey(keygrant);
  await paste(page, `API Key (Public)\n\n${other.apiKey}\n\nSecret Key (Private)\n\n${other.secretKey}\n`);
  await page.getByText('is of another API key').waitFor();
  await paste(page, other.secretKey);
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText('The signature is not by the secret of this key.').waitFor();
  await page.getByText('Paste the secret from the newest mail').waitFor();

  await paste(page, pair.secretKey);
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText('It passed', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText('Refused: All calls of the quota have been made.').waitFor();

  const open = await insertKey(keygrant);
  await page.goto(`/try?key=${open.id}`);
  await paste(page, open.secretKey);
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText('It passed', { exact: true }).waitFor();
  for (const look of looks) {
    await showAs(page, look);
    await expectAccessible(page);
    await expectFits(page);
    await picture(page, `try-${look.name}`);
  }
  const chinese = await browsers.open('ada', `/try?key=${open.id}`, { locale: 'zh-TW', width: 360 });
  await paste(chinese, other.secretKey);
  await chinese.getByRole('button', { name: '簽署並送出' }).click();
  await chinese.getByText('簽章並非由此金鑰的私鑰產生。').waitFor();
  await picture(chinese, 'try-zh-tw');
  await upstream.stop();
  await paste(chinese, open.secretKey);
  await chinese.getByRole('button', { name: '簽署並送出' }).click();
  await chinese.getByText('已通過，但 API 沒有回應').waitFor();
  await expectFits(chinese);
  await gateway.close();
  await page.getByRole('button', { name: 'Sign and send' }).click();
  await page.getByText('No answer from the gateway').waitFor();
});

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Pastes into the field of the secret, as a person would. */
async function paste(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: /Secret Key/ });
  await field.fill('');
  await field.evaluate((element, pasted) => {
    const { DataTransfer: Transfer, ClipboardEvent: Event } = globalThis as unknown as Record<
      string,
      new (
        ...args: unknown[]
      ) => { setData(type: string, text: string): void }
    >;
    if (!Transfer || !Event) return;
    const clipboardData = new Transfer();
    clipboardData.setData('text/plain', pasted);
    const target = element as unknown as { dispatchEvent(event: unknown): boolean };
    target.dispatchEvent(new Event('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  // What no script takes over, the browser puts in.
  if ((await field.inputValue()) === '') await field.fill(text);
}

function textOf(request: Request): string {
  return [request.url(), JSON.stringify(request.headers()), request.postData() ?? ''].join('\n');
}
