import { expect, test } from 'vitest';
import { draft } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { holdLocks } from '../support/holds.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { startProcesses } from '../support/processes.ts';
import { startReceiver, verified } from '../support/receiver.ts';

// Its own API has no worker beside it: what it is asked for while the processes are dead, nobody hears of.
const keygrant = await startKeygrant({ worker: false, env: { WEBHOOK_PRIVATE_ADDRESSES: 'allowed' } });
const receiver = await startReceiver();
const processes = await startProcesses(keygrant);
const dora = keygrant.as('dora');

async function register(path: string) {
  const { body } = await dora.post('/v1/webhooks', { url: receiver.url + path });
  const at = `/v1/webhooks/${body.id}`;
  const log = async () => (await dora.get(`${at}/deliveries`)).body.items;
  return { path, at, secret: body.secret as string, log };
}

test('killed between the commit and the delivery, and in the middle of one, the worker loses no event', async () => {
  const [cutOff, unsent] = [await register('/cut-off'), await register('/unsent')];
  receiver.answer((response, { path }) => {
    if (path !== cutOff.path) response.writeHead(204).end();
  });
  await dora.post(`${cutOff.at}/test`);
  await receiver.arrivals(cutOff.path, 1);
  const locks = await holdLocks(keygrant, 'lock table webhook_attempts in share mode');
  await dora.post(`${unsent.at}/test`);
  await locks.arrivals(1);
  const ada = processes.as('ada');
  const { id } = (await ada.post('/v1/applications', draft())).body;
  await ada.post(`/v1/applications/${id}/submission`);
  await eventually(async () => (await unsent.log()).length === 2 || undefined);
  await processes.kill();
  await locks.release();
  expect(receiver.at(unsent.path)).toEqual([]);
  const unheard = await register('/unheard');
  await dora.post(`${unheard.at}/test`);

  receiver.answer((response) => response.writeHead(204).end());
  await processes.start();
  for (const hook of [cutOff, unsent, unheard]) {
    await eventually(async () => {
      const log: { state: string }[] = await hook.log();
      return log.every(({ state }) => state === 'delivered') || undefined;
    }, 60_000);
    for (const received of receiver.at(hook.path)) verified(hook.secret, received);
  }
  const told = (path: string): string[] => receiver.at(path).map(({ body }) => JSON.parse(body).type);
  expect(told(unsent.path)).toEqual(['webhook.test', 'application.pending']);
  expect(told(unheard.path)).toEqual(['webhook.test']);
  // Nobody knows whether the first one was taken: it comes again, and says that it is the same.
  expect(told(cutOff.path).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'application.pending',
    'webhook.test',
    'webhook.test',
  ]);
  const [, tested] = await cutOff.log();
  expect(tested.attempts.map(({ succeeded }: { succeeded: boolean | null }) => succeeded)).toEqual([
    null,
    true,
  ]);
  const ids = receiver.at(cutOff.path).map(({ headers }) => headers['webhook-id']);
  expect(ids.filter((each) => each === tested.eventId)).toHaveLength(2);
}, 150_000);
