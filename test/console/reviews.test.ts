import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { decide, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { levelOf } from '../support/levels.ts';
import { browsersOf, expectAccessible, expectFits, looks, picture } from './support.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const browsers = browsersOf(keygrant);
const read = async (id: string) => (await keygrant.as('dora').get(`/v1/applications/${id}`)).body;
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const badge = (page: Page) => page.locator('nav a[href="/reviews"] span');

/** Whatever still waits for Ben from other tests is denied, so that each begins with an empty inbox. */
async function emptyInbox() {
  const { body } = await keygrant.as('ben').get('/v1/applications?waitingFor=me');
  for (const { id } of body.items) await decide(keygrant, 'ben', id, 'deny', 'Tidied up.');
}

test('a reviewer decides by keyboard alone, is offered the next one, and the number of what waits is right', async () => {
  const empty = await browsers.open('ben', '/reviews');
  await empty.getByText('Nothing waits for you').waitFor();
  await expectAccessible(empty);
  await picture(empty, 'reviews-empty');
  const first = await submit(keygrant, { keyName: 'First come' });
  const second = await submit(keygrant, { keyName: 'Second come' });

  const page = await browsers.open('ben', '/reviews');
  await page.getByRole('row', { name: 'First come' }).waitFor();
  expect(await badge(page).textContent()).toBe('2');
  await press(page, 'j', 'j', 'k', 'Enter');
  await page.getByRole('heading', { name: 'First come', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/reviews/${first.id}`);
  await page.getByText('It goes on to level 2, Security.').waitFor();
  await press(page, 'a', 'c');
  await page.keyboard.type('Fine with me.');
  await press(page, 'Control+Enter');
  await page.getByText('Your decision is on record: approved.').waitFor();
  expect(await read(first.id)).toMatchObject({
    level: 2,
    levels: [{ decisions: [{ by: { id: 'ben' }, comment: 'Fine with me.' }] }, {}],
  });
  await expect.poll(() => badge(page).textContent()).toBe('1');

  await page.getByRole('link', { name: 'Next: Second come' }).click();
  await page.getByRole('heading', { name: 'Second come', level: 1 }).waitFor();
  // A denial and a return need a word, and the page says so before it is sent.
  await page.getByRole('radio', { name: /^Deny/ }).focus();
  await press(page, 'Space', 'Control+Enter');
  await page.getByText('Say why.').waitFor();
  expect((await read(second.id)).state).toBe('pending');
  await page.getByRole('textbox', { name: 'Comment' }).fill('Far too broad.');
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.getByText('Nothing else waits for you.').waitFor();
  await expect.poll(() => badge(page).count()).toBe(0);
  expect(await read(second.id)).toMatchObject({ state: 'rejected', reason: 'Far too broad.' });
});

test('of two reviewers who press at once the second is told who decided, and nothing of theirs was done', async () => {
  await keygrant.as('dora').post('/v1/people', {
    id: 'amy',
    name: 'Amy Tan',
    email: 'amy@example.com',
    roles: ['api-owner'],
  });
  const { id } = await submit(keygrant, { keyName: 'Wanted by two' });
  const [ben, amy] = await Promise.all(['ben', 'amy'].map((who) => browsers.open(who, `/reviews/${id}`)));
  for (const page of [ben, amy]) await page?.getByRole('radio', { name: /^Approve/ }).click({ force: true });
  await ben?.getByRole('button', { name: 'Approve' }).click();
  await ben?.getByText('Your decision is on record: approved.').waitFor();
  await amy?.getByRole('button', { name: 'Approve' }).click();
  await amy?.getByText('This has changed while you looked').waitFor();
  await amy?.getByText(/^Ben Okri approved level 1/).waitFor();
  await expectAccessible(amy as Page);
  await picture(amy as Page, 'reviews-second');
  await amy?.getByRole('button', { name: 'Look again' }).click();
  await amy?.getByText('It does not wait for you').waitFor();
  expect((await read(id)).levels[1].decisions).toEqual([]);
});

test('what was returned comes back with what has changed; who still looks at the old one is told so', async () => {
  const { id } = await submit(keygrant, { keyName: 'Comes back', quota: 1000 });
  const page = await browsers.open('ben', `/reviews/${id}`);
  await page.getByRole('radio', { name: /^Return/ }).click({ force: true });
  await page.getByRole('textbox', { name: 'Comment' }).fill('A smaller quota, please.');
  await page.getByRole('button', { name: 'Return to the applicant' }).click();
  await page.getByText('Your decision is on record: returned.').waitFor();

  const old = await browsers.open('ben', `/reviews/${id}`);
  await old.getByText('You have decided').waitFor();
  await keygrant.as('ada').patch(`/v1/applications/${id}`, { quota: 10, apiIds: ['orders-list', 'prices'] });
  await eventually(
    async () =>
      (await keygrant.as('ada').post(`/v1/applications/${id}/submission`)).body.state === 'pending' ||
      undefined,
  );
  await old.reload();
  await old.getByRole('radio', { name: /^Approve/ }).click({ force: true });
  await old.getByText('What has changed since the last round').waitFor();
  await old.getByText('A smaller quota, please.').first().waitFor();
  await old.getByText('10 calls').first().waitFor();

  // Withdrawn under the reviewer's hands.
  await keygrant.as('ada').post(`/v1/applications/${id}/withdrawal`, { comment: 'No longer needed.' });
  await eventually(async () => (await read(id)).state === 'withdrawn' || undefined);
  await old.getByRole('button', { name: 'Approve' }).click();
  await old.getByText('This has changed while you looked').waitFor();
  await old.getByRole('button', { name: 'Look again' }).click();
  await old.getByText('Its review is over').waitFor();
});

test('a page that is open while the applicant revises and submits again decides nothing that its reviewer did not see', async () => {
  const { id } = await submit(keygrant, { keyName: 'Revised meanwhile', quota: 1000 });
  const page = await browsers.open('ben', `/reviews/${id}`);
  await page.getByRole('radio', { name: /^Approve/ }).click({ force: true });
  // Another reviewer of the level returns it, and it comes back as something else.
  await decide(keygrant, 'amy', id, 'return', 'More calls, please.');
  const ada = keygrant.as('ada');
  await ada.patch(`/v1/applications/${id}`, { quota: 500_000 });
  await ada.post(`/v1/applications/${id}/submission`);
  await eventually(async () => ((await read(id)).round === 2 ? true : undefined));
  await page.getByRole('textbox', { name: 'Comment' }).fill('Fine with me.');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Ada Lovelace has submitted it anew.').waitFor();
  await page.getByText('Your decision was not taken.').waitFor();
  expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  expect(await read(id)).toMatchObject({ level: 1, levels: [{ decisions: [] }, {}] });
  // What was seen is what is shown, until the reviewer looks again.
  await page.getByText('1,000 calls').first().waitFor();
  expect(await page.getByText('500,000 calls').count()).toBe(0);
  await expectAccessible(page);
  await picture(page, 'reviews-stale');
  await page.getByRole('button', { name: 'Look again' }).click();
  await page.getByText('500,000 calls').first().waitFor();
  await page.getByText('More calls, please.').first().waitFor();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Your decision is on record: approved.').waitFor();
  expect(await read(id)).toMatchObject({ level: 2, levels: [{ decisions: [{ by: { id: 'ben' } }] }, {}] });
});

test('several are decided with one comment, each with its own outcome, one refusal among them', async () => {
  await emptyInbox();
  const [one, two, three] = [
    await submit(keygrant, { keyName: 'One of three' }),
    await submit(keygrant, { keyName: 'Two of three' }),
    await submit(keygrant, { keyName: 'Three of three' }),
  ];
  const page = await browsers.open('ben', '/reviews');
  await page.getByRole('row', { name: 'One of three' }).waitFor();
  await press(page, 'j', 'Space', 'j', 'Space', 'j', 'Space');
  await page.getByText('3 selected').waitFor();
  await page.getByRole('button', { name: 'Decide together' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('List orders, Read an order').first().waitFor();
  await expectAccessible(page);
  await picture(page, 'reviews-bulk');
  // Decided by somebody else while the dialog is open.
  await decide(keygrant, 'amy', two.id, 'deny', 'Not this one.');
  await dialog.getByRole('radio', { name: 'Approve' }).click({ force: true });
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('All the same.');
  await dialog.getByRole('button', { name: 'Approve 3 applications' }).click();
  await dialog.getByText('2 were decided, 1 not.').waitFor();
  await expectAccessible(page);
  await picture(page, 'reviews-bulk-outcomes');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Nothing waits for you').waitFor();
  for (const { id } of [one, three])
    expect(await read(id)).toMatchObject({
      level: 2,
      levels: [{ decisions: [{ comment: 'All the same.' }] }, {}],
    });
  expect((await read(two.id)).state).toBe('rejected');
});

test('while somebody is away another decides in their place, until the delegation is ended', async () => {
  const { id } = await submit(keygrant, { keyName: 'Somebody must' });
  const page = await browsers.open('ben', '/reviews/delegations');
  await page.getByRole('combobox', { name: /Who decides for you/ }).fill('cleo');
  await page.getByRole('option', { name: /Cleo Wang/ }).click();
  await page.getByRole('button', { name: 'For a week' }).click();
  await page.getByRole('textbox', { name: /^Why/ }).fill('Holidays');
  await picture(page, 'reviews-delegations-form');
  await page.getByRole('button', { name: 'Let them decide' }).click();
  await page.getByText('Cleo Wang decides for you').waitFor();
  await expectAccessible(page);

  const cleo = await browsers.open('cleo', '/reviews');
  await cleo.getByText(/^You decide for Ben Okri until/).waitFor();
  await cleo.getByRole('row', { name: 'Somebody must' }).click();
  await cleo.getByText('You decide in the place of Ben Okri.').waitFor();
  await cleo.getByRole('radio', { name: /^Approve/ }).click({ force: true });
  await cleo.getByRole('button', { name: 'Approve' }).click();
  await cleo.getByText('Your decision is on record: approved.').waitFor();
  expect((await read(id)).levels[0].decisions[0]).toMatchObject({
    by: { id: 'cleo' },
    inPlaceOf: { id: 'ben' },
  });

  await page.getByRole('button', { name: 'End it now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it now' }).click();
  await page.getByText('The delegation has ended.').waitFor();
  await page.getByText('Over').waitFor();
});

test('everything that a decision needs is on one page, at every width, in both languages', async () => {
  await emptyInbox();
  const flow = {
    name: 'With words',
    levels: [
      levelOf({
        name: 'Owners',
        reviewers: { people: [], roles: ['api-owner'] },
        approvals: 2,
        commentRequired: true,
        lapseAfterHours: 72,
      }),
      levelOf({ name: 'Security', reviewers: { people: [], roles: ['security'] } }),
    ],
  };
  const { headers } = await keygrant.as('dora').get('/v1/flows/default');
  await keygrant.as('dora').put('/v1/flows/default', flow, { 'if-match': headers.get('etag') ?? '' });
  const { id } = await submit(keygrant, { keyName: 'Orders for the shop' });
  await decide(keygrant, 'amy', id, 'approve', 'The shop needs it before Christmas.');
  await submit(keygrant, { keyName: 'Stock for the app', quota: -1, clientId: 'globex' });
  for (const look of looks) {
    const page = await browsers.open('ben', '/reviews', look);
    await page.getByRole('row', { name: 'Orders for the shop' }).waitFor();
    await expectAccessible(page);
    await picture(page, `reviews-${look.name}`);
    await page.getByRole('row', { name: 'Orders for the shop' }).click();
    await page.getByText('1 of 2 approvals given').waitFor();
    await page.getByText('At this level an approval needs a comment, too.').waitFor();
    await page.getByText('The shop needs it before Christmas.').first().waitFor();
    await expectAccessible(page);
    await picture(page, `reviews-decision-${look.name}`);
    // Nothing is wider than the page.
    await expectFits(page);
    await page.goto('/reviews/delegations');
    await page.getByRole('heading', { name: 'While I am away' }).waitFor();
    await page.getByText('Cleo Wang decides for you').waitFor();
    await expectAccessible(page);
    await picture(page, `reviews-delegations-${look.name}`);
  }
  const chinese = await browsers.open('ben', `/reviews/${id}`, { locale: 'zh-TW', width: 360 });
  await chinese.getByText('您的決定', { exact: true }).first().waitFor();
  await chinese.getByRole('radio', { name: /^核准/ }).click({ force: true });
  await expectAccessible(chinese);
  await picture(chinese, 'reviews-decision-zh');
  await chinese.keyboard.press('?');
  await chinese.getByRole('dialog').waitFor();
  await expectAccessible(chinese);
  await picture(chinese, 'reviews-shortcuts-zh');
});

test('the inbox says what is due when, and begins with it', async () => {
  await emptyInbox();
  await submit(keygrant, { keyName: 'Never due' });
  const levels = [{ name: 'Owners', reviewers: { people: ['ben'], roles: [] }, lapseAfterHours: 48 }];
  await keygrant.as('dora').put('/v1/flows/default', { name: 'Flow', levels });
  await submit(keygrant, { keyName: 'Due soon' });
  const page = await browsers.open('ben', '/reviews', { width: 360 });
  await page.getByRole('row').first().getByText('due in 2 days').waitFor();
  expect(await page.getByRole('row').allInnerTexts()).toEqual([
    expect.stringContaining('Due soon'),
    expect.stringContaining('Never due'),
  ]);
  await expectAccessible(page);
  await expectFits(page);
});
