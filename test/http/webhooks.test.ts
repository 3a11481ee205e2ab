import { expect, inject, test } from 'vitest';
import { portal } from '../../src/stack/seed.ts';
import { portalToken } from '../../src/stack/sign-in.ts';
import { Api } from '../support/api.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { startReceiver, verified } from '../support/receiver.ts';
import { everywhere } from '../support/secrets.ts';
import { expectProblem, fieldsOf } from './problems.ts';

const keygrant = await startKeygrant({
  env: { WEBHOOK_PRIVATE_ADDRESSES: 'allowed', DELIVERY_DELAY: '0s' },
});
const receiver = await startReceiver();
const dora = keygrant.as('dora');
const itself = new Api(keygrant.baseUrl, () => portalToken({ issuer: inject('stack').issuer, ...portal }));
const viaPortal = keygrant.asPortal('ada');

let hooks = 0;
/** A webhook of the portal at an address of its own. */
async function register(api: Api, fields: Record<string, unknown> = {}) {
  const path = `/hook-${++hooks}`;
  const { status, body } = await api.post('/v1/webhooks', { url: receiver.url + path, ...fields });
  expect(status).toBe(201);
  return { path, id: body.id as string, secret: body.secret as string, at: `/v1/webhooks/${body.id}` };
}

async function submitViaPortal(): Promise<string> {
  const { id } = (await viaPortal.post('/v1/applications', draft())).body;
  expect((await viaPortal.post(`/v1/applications/${id}/submission`)).status).toBe(200);
  return id;
}

test('a portal is told of every change of state of what it wrote, signed, in order, and of nothing else', async () => {
  const own = await register(itself);
  const all = await register(dora, { portalId: null });
  const some = await register(itself, { types: ['application.delivered', 'application.rejected'] });
  const foreign = await submit(keygrant);
  const id = await submitViaPortal();
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);

  const events = (await receiver.arrivals(own.path, 5)).map((each) => verified(own.secret, each));
  const { key, state } = (await viaPortal.get(`/v1/applications/${id}`)).body;
  expect(state).toBe('delivered');
  expect(
    events.map(({ type, data }) => [type, data.previousState, data.state, data.level, data.keyId]),
  ).toEqual([
    ['application.pending', 'draft', 'pending', 1, null],
    ['application.pending', 'pending', 'pending', 2, null],
    ['application.approved', 'pending', 'approved', null, null],
    ['application.issued', 'approved', 'issued', null, key.id],
    ['application.delivered', 'issued', 'delivered', null, key.id],
  ]);
  const revisions = events.map(({ data }) => data.revision);
  expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
  expect(Object.keys(events[0].data).toSorted()).toEqual([
    'applicationId',
    'clientId',
    'held',
    'keyId',
    'kind',
    'level',
    'portalId',
    'previousState',
    'revision',
    'state',
  ]);
  expect(new Set(events.map(({ data }) => data.applicationId))).toEqual(new Set([id]));
  const [delivered] = await receiver.arrivals(some.path, 1);
  expect(delivered && verified(some.secret, delivered)).toEqual(events.at(-1));

  const told = (await receiver.arrivals(all.path, 6)).map((each) => verified(all.secret, each));
  expect(told.filter(({ data }) => data.applicationId === foreign.id)).toHaveLength(1);
  expect(receiver.at(own.path)).toHaveLength(5);
  expect(receiver.at(some.path)).toHaveLength(1);
  const ids = receiver.at(own.path).map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(5);
  expect(receiver.at(all.path).map(({ headers }) => headers['webhook-id'])).toEqual(
    expect.arrayContaining(ids),
  );
  expect(receiver.at(own.path)[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    host: new URL(receiver.url).host,
  });
  for (const each of [own, all, some])
    expect((await dora.call('DELETE', each.at, undefined, { 'if-match': '"1"' })).status).toBe(204);
});

test('an event has one moment, however many endpoints are told of it', async () => {
  const hooks = await Promise.all(Array.from({ length: 15 }, () => register(itself)));
  await submitViaPortal();
  const told = await Promise.all(
    hooks.map(async ({ path, secret }) => {
      const [arrival] = await receiver.arrivals(path, 1);
      return arrival && verified(secret, arrival).timestamp;
    }),
  );
  expect(told[0]).toMatch(/Z$/);
  expect(new Set(told).size).toBe(1);
  for (const { at } of hooks)
    expect((await itself.call('DELETE', at, undefined, { 'if-match': '"1"' })).status).toBe(204);
});

test('a secret is shown once, replaced with an overlap, and lies nowhere else', async () => {
  const hook = await register(itself);
  expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(JSON.stringify((await itself.get(hook.at)).body)).not.toContain('whsec_');
  const { secret: next, previousUntil } = (await itself.post(`${hook.at}/secret`)).body;
  expect(Date.parse(previousUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  await itself.post(`${hook.at}/test`);
  const [both] = await receiver.arrivals(hook.path, 1);
  for (const secret of [hook.secret, next]) {
    expect(both && verified(secret, both)).toMatchObject({
      type: 'webhook.test',
      data: { webhookId: hook.id },
    });
  }
  const { secret: last } = (await itself.post(`${hook.at}/secret`)).body;
  await itself.post(`${hook.at}/test`);
  const [, second] = await receiver.arrivals(hook.path, 2);
  if (!second) throw new Error('it did not arrive');
  expect(() => verified(hook.secret, second)).toThrow('No matching signature');
  for (const secret of [next, last]) expect(verified(secret, second).type).toBe('webhook.test');

  const places = await everywhere(keygrant);
  expect(places[`history ${hook.id}`]).toContain('deliverNext');
  for (const secret of [hook.secret, next, last]) {
    const half = secret.slice(12, 40);
    const hex = Buffer.from(secret.slice(6), 'base64').toString('hex');
    const found = Object.entries(places).filter(([, text]) => text.includes(half) || text.includes(hex));
    expect(found.map(([place]) => place)).toEqual([]);
  }
});

test('a failed delivery is tried again under the same id, seen in the log, and delivered anew when asked for', async () => {
  const hook = await register(itself);
  receiver.answer((response, { path }) => {
    response.writeHead(path === hook.path ? 500 : 204).end('the stack trace of a portal');
  });
  const id = await submitViaPortal();
  const logged = async () => (await itself.get(`${hook.at}/deliveries`)).body.items;
  const [failed] = await eventually(async () => {
    const items = await logged();
    return items[0]?.attempts[0]?.endedAt ? items : undefined;
  });
  expect(failed).toMatchObject({
    applicationId: id,
    type: 'application.pending',
    state: 'pending',
    attempts: [{ number: 1, succeeded: false, answer: 'HTTP 500' }],
  });
  expect(Date.parse(failed.nextAttemptAt)).toBeGreaterThan(Date.parse(failed.attempts[0].endedAt));
  receiver.answer((response) => response.writeHead(200).end());
  const again = `${hook.at}/deliveries/${failed.eventId}/redelivery`;
  expect((await itself.post(again)).status).toBe(202);
  await eventually(async () => (await logged())[0].state === 'delivered' || undefined);
  expect((await itself.post(again)).body).toMatchObject({ eventId: failed.eventId, state: 'pending' });
  const arrived = await receiver.arrivals(hook.path, 3);
  expect(new Set(arrived.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([failed.eventId]));
  expect(new Set(arrived.map(({ body }) => body)).size).toBe(1);
  const [delivery] = await eventually(async () => {
    const items = await logged();
    return items[0].state === 'delivered' ? items : undefined;
  });
  expect(delivery.attempts.map(({ succeeded }: { succeeded: boolean }) => succeeded)).toEqual([
    false,
    true,
    true,
  ]);
  expect(JSON.stringify(await everywhere(keygrant))).not.toContain('stack trace of a portal');
  expectProblem(
    await itself.post(`${hook.at}/deliveries/evt_00000000000000000000_1/redelivery`),
    404,
    'not-found',
  );
});

test('what happens while a webhook is switched off waits until it is switched on', async () => {
  const hook = await register(itself);
  const off = await itself.patch(hook.at, { enabled: false });
  expect(off.body).toMatchObject({ enabled: false, pausedBecause: 'by-hand', revision: 2 });
  const id = await submitViaPortal();
  const other = await register(itself);
  await decide(keygrant, 'ben', id);
  await receiver.arrivals(other.path, 1);
  expect(receiver.at(hook.path)).toEqual([]);
  const { items } = (await itself.get(`${hook.at}/deliveries?state=pending&limit=1`)).body;
  expect(items).toHaveLength(1);
  expect((await itself.patch(hook.at, { enabled: true })).body.pausedBecause).toBeNull();
  const events = (await receiver.arrivals(hook.path, 2)).map((each) => verified(hook.secret, each));
  expect(events.map(({ data }) => data.level)).toEqual([1, 2]);
});

test('the log is paged without a gap or a double', async () => {
  const hook = await register(itself, { enabled: false });
  for (let at = 0; at < 5; at += 1) await itself.post(`${hook.at}/test`);
  const pages: string[] = [];
  let cursor = '';
  do {
    const { body } = await itself.get(`${hook.at}/deliveries?limit=2${cursor}`);
    pages.push(...body.items.map(({ eventId }: { eventId: string }) => eventId));
    cursor = body.next === null ? '' : `&cursor=${body.next}`;
  } while (cursor);
  expect(new Set(pages).size).toBe(5);
  expect(pages).toHaveLength(5);
});

test('webhooks are seen and changed by their portal and by admins, read by auditors, and do not exist for others', async () => {
  const hook = await register(itself);
  const ofAll = await register(dora);
  const paths = (at: string) => [at, `${at}/deliveries`];
  for (const path of [...paths(hook.at), ...paths(ofAll.at)]) {
    for (const who of ['dora', 'emil']) expect((await keygrant.as(who).get(path)).status).toBe(200);
    for (const who of ['ada', 'ben']) expectProblem(await keygrant.as(who).get(path), 403, 'forbidden');
  }
  for (const path of paths(ofAll.at)) expectProblem(await itself.get(path), 404, 'not-found');
  for (const path of paths(hook.at)) expect((await viaPortal.get(path)).status).toBe(200);
  expectProblem(await itself.post(`${ofAll.at}/secret`), 404, 'not-found');
  const auditor = keygrant.as('emil');
  for (const part of ['secret', 'test']) {
    expectProblem(await auditor.post(`${hook.at}/${part}`), 403, 'forbidden');
  }
  expectProblem(await auditor.post('/v1/webhooks', { url: receiver.url }), 403, 'forbidden');
  expectProblem(await auditor.patch(hook.at, { enabled: false }), 403, 'forbidden');
  expectProblem(await itself.post('/v1/webhooks', { url: receiver.url, portalId: null }), 403, 'forbidden');
  const { items } = (await itself.get('/v1/webhooks?limit=200')).body;
  expect(new Set(items.map(({ portalId }: { portalId: string }) => portalId))).toEqual(new Set([portal.id]));
  const nobody = await dora.post('/v1/webhooks', { url: receiver.url, portalId: 'ada' });
  expect([nobody.status, fieldsOf(nobody)]).toEqual([422, ['portalId']]);
  for (const [path, answer] of [
    [hook.at, 204],
    [ofAll.at, 204],
  ] as const) {
    expect((await dora.call('DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(answer);
    expectProblem(await dora.get(path), 404, 'not-found');
  }
});
