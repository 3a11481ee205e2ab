import { expect, test } from 'vitest';
import type { Api } from '../support/api.ts';
import { decide, draft } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem } from './problems.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const everybody = [
  ['zoe', ['applicant']],
  ['bob', ['legal']],
] as const;
for (const [id, roles] of everybody) {
  const person = { id, name: id, email: `${id}@example.com`, roles };
  expect((await keygrant.as('dora').post('/v1/people', person)).status).toBe(201);
}
const viewers: Record<string, Api> = Object.fromEntries(
  ['ada', 'zoe', 'ben', 'cleo', 'bob', 'dora', 'emil'].map((id) => [id, keygrant.as(id)]),
);
const portal = keygrant.asPortal('ada');
viewers['portal for ada'] = portal;
viewers['portal for zoe'] = keygrant.asPortal('zoe');

/** One application of each kind; their names are what each viewer is expected to see. */
async function write(api: Api, keyName: string, submitted = true): Promise<string> {
  const { id } = (await api.post('/v1/applications', draft({ keyName }))).body;
  if (submitted) expect((await api.post(`/v1/applications/${id}/submission`)).status).toBe(200);
  return id;
}
const ids: Record<string, string> = {
  draft: await write(keygrant.as('ada'), 'draft', false),
  delivered: await write(keygrant.as('ada'), 'delivered'),
  'draft of the portal': await write(portal, 'draft of the portal', false),
  'pending of the portal': await write(portal, 'pending of the portal'),
  'pending of zoe': await write(keygrant.as('zoe'), 'pending of zoe'),
};
await decide(keygrant, 'ben', ids['delivered'] ?? '');
await decide(keygrant, 'cleo', ids['delivered'] ?? '');
await eventually(async () => {
  const { body } = await keygrant.as('ada').get(`/v1/applications/${ids['delivered']}`);
  return body.state === 'delivered' || undefined;
});

const all = Object.keys(ids);
const submitted = ['delivered', 'pending of the portal', 'pending of zoe'];
const seen: Record<string, string[]> = {
  ada: all.filter((name) => name !== 'pending of zoe'),
  zoe: ['pending of zoe'],
  ben: submitted,
  cleo: submitted,
  bob: [],
  dora: all,
  emil: all,
  'portal for ada': ['draft of the portal', 'pending of the portal'],
  'portal for zoe': [],
};

test.each(Object.keys(seen))(
  '%s sees the applications that are theirs to see, and no others exist',
  async (viewer) => {
    const api = viewers[viewer] ?? keygrant.as(viewer);
    const { items } = (await api.get('/v1/applications')).body;
    expect(items.map(({ keyName }: { keyName: string }) => keyName).toSorted()).toEqual(
      seen[viewer]?.toSorted(),
    );
    const missing = await api.get('/v1/applications/app_00000000000000000000');
    expectProblem(missing, 404, 'not-found');
    for (const name of all) {
      const answer = await api.get(`/v1/applications/${ids[name]}`);
      const found = seen[viewer]?.includes(name);
      expect([name, answer.status]).toEqual([name, found ? 200 : 404]);
      if (found) continue;
      const { instance: _, requestId: __, ...foreign } = answer.body;
      expect(missing.body).toMatchObject(foreign);
      const digest = '0'.repeat(64);
      const decision = await api.post(`/v1/applications/${ids[name]}/decisions`, {
        verdict: 'approve',
        digest,
      });
      expectProblem(decision, 404, 'not-found');
    }
  },
);

test.each(Object.keys(seen))(
  '%s sees a key exactly when its application, and never a secret',
  async (viewer) => {
    const api = viewers[viewer] ?? keygrant.as(viewer);
    const [key] = (await keygrant.as('dora').get('/v1/keys')).body.items;
    const found = seen[viewer]?.includes('delivered');
    const list = await api.get('/v1/keys');
    expect(list.body.items).toHaveLength(found ? 1 : 0);
    const one = await api.get(`/v1/keys/${key.id}`);
    expect(one.status).toBe(found ? 200 : 404);
    expect(JSON.stringify([list.body, one.body])).not.toMatch(/secret|sealed|master/i);
  },
);

test.each(Object.keys(seen))(
  '%s sees people, audit trail and addresses of clients only as admin or auditor',
  async (viewer) => {
    const api = viewers[viewer] ?? keygrant.as(viewer);
    const everything = viewer === 'dora' || viewer === 'emil';
    for (const path of ['/v1/people', '/v1/people/ada', '/v1/audit']) {
      expect([path, (await api.get(path)).status]).toEqual([path, everything ? 200 : 403]);
    }
    for (const path of ['/v1/clients/acme', '/v1/clients?q=acme', '/v1/apis/prices', '/v1/apis?q=prices']) {
      const text = JSON.stringify((await api.get(path)).body);
      expect([path, /@acme|httpbin/.test(text)]).toEqual([path, everything]);
    }
  },
);

test('applicants are not shown who was refused a decision', async () => {
  const id = ids['pending of zoe'] ?? '';
  expectProblem(await decide(keygrant, 'cleo', id), 403, 'not-a-reviewer');
  const actions = async (viewer: string) =>
    (await keygrant.as(viewer).get(`/v1/applications/${id}`)).body.timeline.map(
      (e: { action: string }) => e.action,
    );
  expect(await actions('emil')).toContain('decision.refused');
  expect(await actions('zoe')).not.toContain('decision.refused');
});
