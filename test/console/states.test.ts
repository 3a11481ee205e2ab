import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { submit } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { browsersOf, expectAccessible, expectFits, picture } from './support.ts';

const keygrant = await startKeygrant();
const browsers = browsersOf(keygrant);

/** From now on the page reaches nothing, as if the API were gone. */
const cutOff = (page: Page) => page.route('**/*', (route) => route.abort('connectionrefused'));
const reachable = (page: Page) => page.unroute('**/*');

test('an address of nothing, or of what is not for the reader, says so and leads on, with the sections beside it', async () => {
  const page = await browsers.open('ben', '/applications');
  for (const [path, words] of [
    ['/nowhere', 'There is nothing here'],
    ['/applications/app_00000000000000000000', 'There is nothing here'],
    ['/applications/app_00000000000000000000/edit', 'There is nothing here'],
    ['/applications/new', 'Applying is for applicants'],
    ['/reviews/app_00000000000000000000', 'There is nothing here'],
    ['/history/app_00000000000000000000', 'There is nothing here'],
    ['/keys/key_00000000000000000000', 'There is nothing here'],
    ['/try?key=key_00000000000000000000', 'This key is not there'],
    ['/setup/people', 'This is not for you'],
  ] as const) {
    await page.goto(path);
    await page.getByText(words).first().waitFor();
    expect([path, await page.locator('h1').count()]).toEqual([path, 1]);
    expect(await page.getByRole('link', { name: 'Keys', exact: true }).count()).toBe(1);
    expect(await page.title()).toMatch(/ · Keygrant$/);
    await expectAccessible(page);
    await picture(page, `states${path.replaceAll(/\W+/g, '-')}`);
  }
  const ada = await browsers.open('ada', '/applications/new?kind=update');
  await ada.getByText('Which key?').waitFor();
  await expectAccessible(ada);
  const dora = await browsers.open('dora', '/setup/flows/nope', { width: 360 });
  await dora.getByText('There is nothing here').waitFor();
  await expectAccessible(dora);
});

test('who has no role yet sees empty lists that say what comes into them, and is offered nothing that would be refused', async () => {
  const nobody = { id: 'amy', name: 'Amy Tan', email: 'amy@example.com', roles: [] };
  await keygrant.as('dora').post('/v1/people', nobody);
  const page = await browsers.open('amy', '/applications');
  for (const [path, words] of [
    ['/applications', 'No applications yet'],
    ['/reviews', 'Nothing waits for you'],
    ['/reviews/delegations', 'Only reviewers can have somebody decide'],
    ['/history', 'Nothing was submitted yet'],
    ['/keys', 'No keys yet'],
    ['/try', 'Search by name or client'],
  ] as const) {
    await page.goto(path);
    await page.getByText(words).first().waitFor();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page);
    await picture(page, `states-nobody${path.replaceAll('/', '-')}`);
  }
  expect(await page.getByRole('link', { name: /Apply for an API key|Setup/ }).count()).toBe(0);
});

test('a lost connection is told over every screen, takes nothing that was written, and is recovered from by itself', async () => {
  const { id } = await submit(keygrant, { keyName: 'Kept' });
  const page = await browsers.open('ada', `/applications/${id}`);
  await page.getByRole('button', { name: 'Withdraw' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('No longer needed.');
  await cutOff(page);
  await dialog.getByRole('button', { name: 'Withdraw' }).click();
  await dialog.getByText('There is no connection to Keygrant.').waitFor();
  await page.getByText('No connection. What you see may be old').waitFor();
  await expectAccessible(page);
  await reachable(page);
  await page.getByText('No connection. What you see may be old').waitFor({ state: 'detached' });
  expect(await dialog.getByLabel('Why').inputValue()).toBe('No longer needed.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // A screen that was never loaded: the page stays, says so, and shows it as soon as it can.
  await cutOff(page);
  await page.getByRole('link', { name: 'Approval History' }).click();
  await page.getByText('This could not be loaded').waitFor();
  await page.getByText('No connection. What you see may be old').waitFor();
  await expectAccessible(page);
  await expectFits(page);
  await picture(page, 'states-screen-missing');
  await reachable(page);
  await page.getByRole('row', { name: 'Kept' }).waitFor();

  // A list that is asked for while nothing answers comes when something does.
  await cutOff(page);
  await page.getByRole('button', { name: /State/ }).click();
  await page.getByRole('option', { name: 'Pending Order' }).click();
  await page.getByText('No connection. What you see may be old').waitFor();
  await picture(page, 'states-list-offline');
  await reachable(page);
  await page.getByText('No connection. What you see may be old').waitFor({ state: 'detached' });
  await page.getByRole('row', { name: 'Kept' }).waitFor();
});

test('a server that fails is told with the number of the request, and asked again at a press', async () => {
  const page = await browsers.open('ada', '/applications');
  const problem = {
    type: '/problems/internal',
    title: 'Something failed',
    status: 500,
    detail: 'It is in the log.',
    requestId: 'req-7',
  };
  const json = { status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) };
  await page.route('**/v1/keys**', (route) => route.fulfill(json));
  await page.route('**/v1/session', (route) => route.fulfill(json));
  await page.goto('/keys');
  await page.getByText('Request req-7').waitFor();
  await expectAccessible(page);
  await picture(page, 'states-session-failed');
  await page.unroute('**/v1/session');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await page.getByText('Request req-7').waitFor({ timeout: 30_000 });
  await expectAccessible(page);
  await picture(page, 'states-list-failed');
  await page.unroute('**/v1/keys**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('No keys yet').waitFor();
});
