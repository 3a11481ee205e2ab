import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, expect, inject, test } from 'vitest';
import { buildApp } from '../../src/http/app.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { Api } from '../support/api.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem } from './problems.ts';

// What the console's screens ask beside the resources themselves.
const keygrant = await startKeygrant({
  env: {
    DELIVERY_DELAY: '0s',
    TEMPORAL_UI_URL: 'https://temporal.example.com',
    GATEWAY_URL: 'https://api.example.com',
  },
});
const tokenOf = (person: string) => signIn({ issuer: inject('stack').issuer, person });
const [ada, ben, dora, emil] = ['ada', 'ben', 'dora', 'emil'].map((person) => keygrant.as(person)) as [
  Api,
  Api,
  Api,
  Api,
];

test('an inbox says how much waits, for whom it waits alone', async () => {
  expect((await ben.get('/v1/inbox')).body).toEqual({ waiting: 0, oldestSince: null });
  const first = await submit(keygrant);
  await submit(keygrant);
  expect((await ben.get('/v1/inbox')).body).toEqual({ waiting: 2, oldestSince: first.stateSince });
  await decide(keygrant, 'ben', first.id);
  expect((await ben.get('/v1/inbox')).body).toMatchObject({ waiting: 1 });
  expect((await keygrant.as('cleo').get('/v1/inbox')).body).toMatchObject({ waiting: 1 });
  for (const nobody of [ada, dora])
    expect((await nobody.get('/v1/inbox')).body).toMatchObject({ waiting: 0 });
});

test('a reviewer sees what else the client has, and its applicant does not see keys of others', async () => {
  const issued = await submit(keygrant);
  await decide(keygrant, 'ben', issued.id);
  await decide(keygrant, 'cleo', issued.id);
  const key = await eventually(async () => (await dora.get('/v1/keys')).body.items[0]);
  const { id } = await submit(keygrant);
  const { body } = await ben.get(`/v1/applications/${id}/client-keys`);
  expect(body.items).toMatchObject([
    {
      id: key.id,
      state: key.state,
      quota: key.quota,
      used: 0,
      apis: key.apis.map(({ id: apiId, name }: { id: string; name: string }) => ({ id: apiId, name })),
    },
  ]);
  expect(JSON.stringify(body)).not.toContain(key.apiKey);
  expectProblem(await ada.get(`/v1/applications/${id}/client-keys`), 403, 'forbidden');
  await dora.post('/v1/people', { id: 'zoe', name: 'Zoe', email: 'zoe@example.com', roles: ['applicant'] });
  expectProblem(await keygrant.as('zoe').get(`/v1/applications/${id}/client-keys`), 404, 'not-found');
});

test('admins, and nobody else, are led from an application to its workflow', async () => {
  const { id } = await submit(keygrant);
  const url = async (by: Api, of: string) => (await by.get(`/v1/applications/${of}`)).body.workflowUrl;
  expect(await url(dora, id)).toBe(`https://temporal.example.com/namespaces/default/workflows/${id}`);
  for (const other of [ada, ben, emil]) expect(await url(other, id)).toBeNull();
  expect(await url(dora, (await ada.post('/v1/applications', draft())).body.id)).toBeNull();
});

test('APIs are found by their method and path, clients by a part of their name, by those who apply', async () => {
  const ids = async (path: string) => (await ada.get(path)).body.items.map(({ id }: { id: string }) => id);
  expect(await ids('/v1/apis?q=/shipments/')).toEqual(['shipments-track']);
  expect(await ids('/v1/apis?q=post+/ord')).toEqual(['orders-create']);
  expect(await ids('/v1/clients?q=robot')).toEqual(['acme']);
  expect(await ids('/v1/clients?q=nobody')).toEqual([]);
});

test('admins see the settings, without a secret', async () => {
  const { status, body } = await dora.get('/v1/settings');
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({
      mode: 'development',
      deliveryDelaySeconds: 0,
      delivery: 'mail',
      gatewayUrl: 'https://api.example.com',
      session: { idleSeconds: 3600, lifetimeSeconds: 43_200 },
      mail: expect.objectContaining({ server: new URL(keygrant.mailbox.smtpUrl).host, brand: 'digiRunner' }),
    }),
  ]);
  const app = await buildApp({
    ...keygrant.context,
    config: {
      ...keygrant.config,
      mail: { ...keygrant.config.mail, smtpUrl: 'smtps://somebody:s3cret@smtp.example.com' },
    },
  });
  afterAll(() => app.close());
  const other = new Api(await app.listen({ host: '127.0.0.1', port: 0 }), () => tokenOf('dora'));
  const secured = (await other.get('/v1/settings')).body;
  expect(secured.mail).toMatchObject({ server: 'smtp.example.com', encrypted: true });
  expect(JSON.stringify(secured)).not.toMatch(/s3cret|somebody/);
  expectProblem(await ben.get('/v1/settings'), 403, 'forbidden');
  expectProblem(await emil.get('/v1/settings'), 403, 'forbidden');
});

test('an admin mails themselves to see whether mail gets through, and is told what the server says', async () => {
  const { status, body } = await dora.post('/v1/settings/test-mail');
  expect([status, body]).toEqual([
    200,
    { to: 'dora@example.com', accepted: true, answer: expect.stringMatching(/^250 /) },
  ]);
  const mail = await eventually(async () =>
    (await keygrant.mailbox.messages()).find(({ subject }) => subject === '【digiRunner】Test'),
  );
  expect(mail).toBeDefined();
  expectProblem(await emil.post('/v1/settings/test-mail'), 403, 'forbidden');
});

test('an auditor sees that the chain verifies, and where it was tampered with', async () => {
  const { status, body } = await emil.get('/v1/audit/verification');
  expect([status, body]).toMatchObject([200, { intact: true, findings: [], rows: expect.any(Number) }]);
  expectProblem(await ada.get('/v1/audit/verification'), 403, 'forbidden');
  const [{ head } = {}] = await keygrant.db.execute<{ head: string }>(
    sql`select hash as head from audit where seq = ${body.rows}`,
  );
  expect(body.head).toBe(head);

  const owner = postgres(keygrant.ownerUrl, { max: 1 });
  await owner.unsafe(
    `set session_replication_role = replica; update audit set actor = 'mallory' where seq = 3`,
  );
  await owner.end();
  // Asked again within a minute, it is the same walk.
  expect((await dora.get('/v1/audit/verification')).body).toEqual(body);
  const app = await buildApp(keygrant.context);
  afterAll(() => app.close());
  const later = new Api(await app.listen({ host: '127.0.0.1', port: 0 }), () => tokenOf('emil'));
  expect((await later.get('/v1/audit/verification')).body).toMatchObject({
    intact: false,
    rows: null,
    findings: [expect.stringContaining('row 3')],
  });
});
