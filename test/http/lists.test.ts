import { expect, test } from 'vitest';
import type { Api } from '../support/api.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectRefusal } from './problems.ts';
import { unsafeTexts } from './wrong-values.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const ada = keygrant.as('ada');
const dora = keygrant.as('dora');
const save = async (keyName: string) =>
  (await ada.post('/v1/applications', draft({ keyName }))).body.id as string;
const addClient = (id: string, name = `Client ${id}`) =>
  dora.post('/v1/clients', { id, name, emails: [`${id}@example.com`] });

/** Follows `next` to the end; after each page something else happens. */
async function pages(api: Api, path: string, between: () => Promise<unknown> = async () => {}) {
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const { status, body } = await api.get(`${path}limit=3${cursor}`);
    expect([status, body.items.length <= 3]).toEqual([200, true]);
    ids.push(...body.items.map((item: { id?: string; seq?: number }) => item.id ?? item.seq));
    if (body.next === null) return ids;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
    await between();
  }
}

test('paging through applications meets each exactly once while new ones arrive', async () => {
  const before: string[] = [];
  for (let n = 0; n < 10; n++) before.push(await save(`Number ${n}`));
  // Some made in the same millisecond: only their ids tell them apart.
  before.push(...(await Promise.all([...Array(10).keys()].map((n) => save(`At once ${n}`)))));
  const met = await pages(ada, '/v1/applications?', () => save('Meanwhile'));
  expect(new Set(met).size).toBe(met.length);
  expect(met.filter((id) => before.includes(id)).toSorted()).toEqual(before.toSorted());
});

test('paging through clients and the audit trail meets each exactly once while new ones arrive', async () => {
  const clients = ['b', 'd', 'f', 'h', 'j', 'l', 'n'];
  for (const id of clients) await addClient(id);
  let added = 0;
  const met = await pages(dora, '/v1/clients?', () => addClient(`a-${added++}`));
  expect(new Set(met).size).toBe(met.length);
  expect(met.filter((id) => clients.includes(id))).toEqual(clients);

  const { seq: newest } = (await dora.get('/v1/audit?limit=1')).body.items[0];
  const rows = await pages(dora, '/v1/audit?', () => addClient(`z-${added++}`));
  expect(rows).toEqual([...Array(newest).keys()].map((n) => newest - n));
});

test('a page holds at most 200, 50 unless asked, and an exact end has no next', async () => {
  expect((await dora.get('/v1/apis?limit=6')).body).toMatchObject({ items: { length: 6 }, next: null });
  expect((await dora.get('/v1/apis?limit=5')).body.next).not.toBeNull();
  expect((await dora.get('/v1/audit')).body.items).toHaveLength(50);
  expect((await dora.get('/v1/apis?limit=201')).status).toBe(422);
});

test('clients and APIs are found by a part of id or name, in either case, and every character means itself', async () => {
  const found = async (q: string) =>
    (await ada.get(`/v1/clients?q=${encodeURIComponent(q)}`)).body.items.map(({ id }: { id: string }) => id);
  await addClient('percent', '100% Pure');
  await addClient('under', 'snake_case');
  await addClient('back', String.raw`C:\temp`);
  await addClient('cjk', '株式会社 Ünïcode');
  expect(await found('ROBOT')).toEqual(['acme']);
  expect(await found('lob')).toEqual(['globex']);
  expect(await found('%')).toEqual(['percent']);
  expect(await found('_')).toEqual(['under']);
  expect(await found('\\')).toEqual(['back']);
  expect(await found('会社 Ü')).toEqual(['cjk']);
  expect(await found("' or 1=1 --")).toEqual([]);
  expect((await ada.get('/v1/apis?q=track')).body.items).toMatchObject([{ id: 'shipments-track' }]);
});

test('applications are found by id and by a part of the key name, by state and by client', async () => {
  const [percent, other] = [await save('50% off_peak'), await save('50 of peak')];
  const found = async (query: string) =>
    (await ada.get(`/v1/applications?${query}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await found('q=50%25')).toEqual([percent]);
  expect(await found('q=F_PEAK')).toEqual([percent]);
  expect(await found(`q=${other}`)).toEqual([other]);
  expect(await found(`q=${other.slice(0, 10)}`)).toEqual([]);
  expect(await found('q=50&clientId=globex')).toEqual([]);
  expect(await found('q=50&clientId=acme&state=draft')).toEqual([other, percent]);
  expect(await found('q=50&state=pending')).toEqual([]);
});

test('the inbox holds what waits for this very person, of what is never due the oldest first, page by page', async () => {
  const inbox = (who: string) => pages(keygrant.as(who), '/v1/applications?waitingFor=me&');
  const waiting: string[] = [];
  for (let n = 0; n < 5; n++) waiting.push((await submit(keygrant, { keyName: `Waiting ${n}` })).id);
  expect(await inbox('ben')).toEqual(waiting);
  for (const who of ['cleo', 'ada', 'dora', 'emil']) expect([who, await inbox(who)]).toEqual([who, []]);
  // Approved in another order than submitted: the inbox of the next level starts with what came there first.
  for (const at of [3, 1]) await decide(keygrant, 'ben', waiting[at] ?? '');
  expect(await inbox('ben')).toEqual([waiting[0], waiting[2], waiting[4]]);
  expect(await inbox('cleo')).toEqual([waiting[3], waiting[1]]);
  await decide(keygrant, 'cleo', waiting[3] ?? '', 'deny');
  expect(await inbox('cleo')).toEqual([waiting[1]]);
});

test('an inbox begins with what is due first, then has what is never due, of these what has waited longest', async () => {
  const under = async (level: Record<string, unknown>) => {
    const levels = [{ name: 'Owners', reviewers: { people: [], roles: ['api-owner'] }, ...level }];
    expect((await dora.put('/v1/flows/default', { name: 'Flow', levels })).status).toBe(201);
    return (await submit(keygrant)).id as string;
  };
  const ben = keygrant.as('ben');
  const path = '/v1/applications?waitingFor=me&';
  const neverDue = await pages(ben, path);
  const week = await under({ lapseAfterHours: 7 * 24, remindAfterHours: 1 });
  const day = await under({ denyAfterHours: 24 });
  const later = await under({ lapseAfterHours: 24 });
  neverDue.push(await under({}));
  const days = await under({ lapseAfterHours: 48 });
  const inOrder = [day, later, days, week, ...neverDue];
  expect(await pages(ben, path)).toEqual(inOrder);
  // What comes meanwhile moves nothing that is still to come.
  expect(await pages(ben, path, () => under({ lapseAfterHours: 1 }))).toEqual(inOrder);
  const { items, next } = (await ben.get(`${path}limit=5`)).body;
  const due = items.map(({ dueAt }: { dueAt: string }) => Date.parse(dueAt));
  expect(due).toEqual(due.toSorted((a: number, b: number) => a - b));
  expectRefusal(await ben.get(`/v1/applications?cursor=${next}`), 'cursor', 'of another list');
});

test.each(['applications', 'keys', 'clients', 'apis', 'people', 'audit'])(
  'a cursor that is not ours is refused by name: %s',
  async (list) => {
    const values = [
      {},
      [],
      ['a', 'b', 'c'],
      [1, 2],
      ['2026-01-01', 5],
      ['\u0000'],
      ['\ud800'],
      [''],
      ['Tue', 'a'],
      ['2026-01-01T00:00:00.000Z', '\u0000'],
      ['+275760-09-13T00:00:00.000Z', 'a'],
      ['0000-01-01T00:00:00.000Z', 'a'],
    ];
    const encoded = values.map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
    for (const cursor of ['x', '%00', ...unsafeTexts.slice(0, 4).map(encodeURIComponent), ...encoded]) {
      expectRefusal(await dora.get(`/v1/${list}?cursor=${cursor}`), 'cursor', cursor);
    }
  },
);
