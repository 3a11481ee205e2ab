import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { call, keyInUse, mailedSecrets } from './key.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const [ada, dora] = [keygrant.as('ada'), keygrant.as('dora')];

test('of two who rotate at once one makes a secret; both secrets pass until the holder ends the grace, and then the old one does not', async () => {
  const pair = await keyInUse(keygrant);
  const path = `/v1/keys/${pair.id}`;
  const answers = await Promise.all([ada, dora].map((api) => api.post(`${path}/rotation`, { grace: '7d' })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  const [secretKey = ''] = await eventually(async () => {
    const mailed = await mailedSecrets(keygrant, pair);
    return mailed.length > 0 ? mailed : undefined;
  });
  expect(secretKey).not.toBe(pair.secretKey);
  const renewed = { ...pair, secretKey };
  for (const each of [pair, renewed]) expect((await call(each, dora)).valid).toBe(true);
  const done = await ada.post(`${path}/rotation/completion`);
  expect(done.status).toBe(200);
  expect(done.body.key.rotation).toBeNull();
  expect((await call(pair, dora)).reason).toBe('unauthorized');
  expect((await call(renewed, dora)).valid).toBe(true);
  console.log(
    JSON.stringify((await ada.get(`${path}/trail`)).body.items.map((i: { words: string }) => i.words)),
  );
});
