import { expect, test } from 'vitest';
import { day, draft } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { startReceiver, verified } from '../support/receiver.ts';

// A portal that is away for days. Its own clock does not move with Temporal's, so signatures are checked within minutes of
// the real time, as they are made.
const keygrant = await startKeygrant({ time: 'skipping', env: { WEBHOOK_PRIVATE_ADDRESSES: 'allowed' } });
const receiver = await startReceiver();
const portal = keygrant.asPortal('ada');

interface Delivery {
  state: string;
  attempts: { succeeded: boolean | null; answer: string }[];
}

let hooks = 0;
async function register() {
  const path = `/hook-${++hooks}`;
  const { body } = await portal.post('/v1/webhooks', { url: receiver.url + path });
  const at = `/v1/webhooks/${body.id}`;
  return {
    path,
    at,
    id: body.id as string,
    secret: body.secret as string,
    log: async (): Promise<Delivery[]> => (await portal.get(`${at}/deliveries`)).body.items,
    remove: () => portal.call('DELETE', at, undefined, { 'if-match': '"1"' }),
  };
}

/** Ahead still after all the days that these tests let pass. */
const dates = { effectiveOn: day(60), expiresOn: day(150) };

async function submit(): Promise<string> {
  const { id } = (await portal.post('/v1/applications', draft(dates))).body;
  const submitted = await portal.post(`/v1/applications/${id}/submission`);
  expect([submitted.status, submitted.body.detail]).toEqual([200, undefined]);
  return id;
}

/** What has been tried and is written down. */
async function tried(log: () => Promise<Delivery[]>, count: number): Promise<Delivery> {
  return eventually(async () => {
    const [delivery] = await log();
    const done = delivery?.attempts.filter(({ succeeded }) => succeeded !== null) ?? [];
    return done.length >= count ? delivery : undefined;
  });
}

test('a portal is away for two days: it is told afterwards, by itself, and once', async () => {
  const hook = await register();
  await receiver.close();
  await submit();
  await tried(hook.log, 1);
  await keygrant.environment.sleep('2 days');
  const waiting = await tried(hook.log, 7);
  expect(waiting.state).toBe('pending');
  expect(waiting.attempts.length).toBeLessThan(10);
  for (const { succeeded, answer } of waiting.attempts) {
    expect([succeeded, answer]).toEqual([false, 'no answer: ECONNREFUSED']);
  }
  const workflow = keygrant.client.workflow.getHandle(hook.id);
  expect((await workflow.describe()).status.name).toBe('RUNNING');

  await receiver.open();
  await keygrant.environment.sleep('25 hours');
  const [received] = await receiver.arrivals(hook.path, 1);
  expect(received && verified(hook.secret, received)).toMatchObject({ type: 'application.pending' });
  await eventually(async () => (await hook.log())[0]?.state === 'delivered' || undefined);
  expect(receiver.at(hook.path)).toHaveLength(1);
  // Nothing waits any more: nothing runs.
  await eventually(async () => (await workflow.describe()).status.name === 'COMPLETED' || undefined);
  await hook.remove();
});

test('one event that a portal cannot take is given up after three days, and does not hold up the others', async () => {
  const hook = await register();
  // The first that arrives, whatever its id will be: set before it can.
  let poison: string | undefined;
  receiver.answer((response, { body }) => {
    poison ??= String(JSON.parse(body).data.applicationId);
    response.writeHead(body.includes(poison) ? 500 : 204).end();
  });
  await submit();
  await tried(hook.log, 1);
  await keygrant.environment.sleep('1 day');
  await submit();
  await eventually(async () => (await hook.log())[0]?.state === 'delivered' || undefined);
  await keygrant.environment.sleep('4 days');
  const given = await eventually(async () => {
    const [delivery] = (await portal.get(`${hook.at}/deliveries?state=failed`)).body.items;
    return delivery;
  });
  expect(given.attempts).toHaveLength(10);
  // Others came through meanwhile: the endpoint is not at fault.
  expect((await portal.get(hook.at)).body).toMatchObject({ enabled: true, pausedBecause: null });
  receiver.answer((response) => response.writeHead(204).end());
  await portal.post(`${hook.at}/deliveries/${given.eventId}/redelivery`);
  await eventually(async () => {
    const { items } = (await portal.get(`${hook.at}/deliveries?state=delivered`)).body;
    return items.length === 2 || undefined;
  });
  await hook.remove();
});

test('an endpoint through which nothing comes for three days is switched off, on record, and loses nothing', async () => {
  const hook = await register();
  receiver.answer((response) => response.writeHead(503).end('<html>'));
  await submit();
  await tried(hook.log, 1);
  await keygrant.environment.sleep('5 days');
  const off = await eventually(async () => {
    const { body } = await portal.get(hook.at);
    return body.enabled ? undefined : body;
  });
  expect(off.pausedBecause).toBe('failing');
  const events = (await keygrant.as('emil').get('/v1/audit?action=webhook.paused')).body.items;
  expect(events[0]).toMatchObject({
    actor: 'keygrant',
    subject: { type: 'webhook', id: hook.id },
    details: { why: 'failing', answer: 'HTTP 503' },
  });
  await submit();
  receiver.answer((response) => response.writeHead(204).end());
  expect((await portal.patch(hook.at, { enabled: true })).status).toBe(200);
  await eventually(async () => (await hook.log())[0]?.state === 'delivered' || undefined);
});

test('an endpoint that answers 410 is switched off at once', async () => {
  const hook = await register();
  receiver.answer((response, { path }) => response.writeHead(path === hook.path ? 410 : 204).end());
  await submit();
  await eventually(async () => (await portal.get(hook.at)).body.pausedBecause === 'gone' || undefined);
  expect((await tried(hook.log, 1)).attempts.map(({ answer }) => answer)).toEqual(['HTTP 410']);
});

test('an endpoint that does not answer keeps only itself waiting', async () => {
  const [slow, quick] = [await register(), await register()];
  const held: (() => void)[] = [];
  receiver.answer((response, { path }) => {
    if (path === slow.path) held.push(() => response.writeHead(204).end());
    else response.writeHead(204).end();
  });
  const id = await submit();
  const { digest } = (await portal.get(`/v1/applications/${id}`)).body;
  const decided = await keygrant
    .as('ben')
    .post(`/v1/applications/${id}/decisions`, { verdict: 'deny', comment: 'No.', digest });
  expect(decided.status).toBe(200);
  await receiver.arrivals(quick.path, 2);
  expect(receiver.at(slow.path)).toHaveLength(1);
  held.shift()?.();
  await receiver.arrivals(slow.path, 2);
  held.shift()?.();
});
