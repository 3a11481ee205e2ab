import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { Api } from '../support/api.ts';
import { day, decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { type JsonPayload, payloadsIn, rawHistories, textOf } from '../support/payloads.ts';
import { masterKey } from '../support/settings.ts';
import { signed } from '../support/signed.ts';

// What lies in Temporal, on the real server: encrypted, readable by who may, and under more than one key.
const uiOrigin = 'http://127.0.0.1:8233';
const [one, two] = [`1:${masterKey()}`, `2:${masterKey()}`];
const old = await startKeygrant({
  env: { MASTER_KEYS: one, DELIVERY_DELAY: '0s', TEMPORAL_UI_ORIGINS: uiOrigin },
});
/** The same Keygrant after a rotation: another API and, when started, another worker. */
const next = await startKeygrant({
  worker: false,
  database: { ownerUrl: old.ownerUrl, serviceUrl: String(old.env['DATABASE_URL']) },
  env: { ...old.env, MASTER_KEYS: `${two},${one}` },
});
const ends = (id: string) => next.client.workflow.getHandle(id).result();
const keysOf = async (id: string) =>
  new Set(
    payloadsIn(await rawHistories(old, id)).map(({ metadata }) =>
      textOf(metadata['encryption-key-id'] ?? ''),
    ),
  );
const decode = (api: Api, payloads: readonly unknown[]) => api.post('/codec/decode', { payloads });
/** As Temporal's own tools send it. */
const signal = (id: string, payload: unknown) =>
  old.client.workflowService.signalWorkflowExecution({
    namespace: old.client.options.namespace,
    workflowExecution: { workflowId: id },
    signalName: 'decide',
    input: { payloads: [payload as object] },
    requestId: randomUUID(),
  });
async function refusals(id: string): Promise<string[]> {
  const { body } = await old.as('emil').get(`/v1/audit?action=decision.refused&subjectId=${id}`);
  return body.items.map((row: { details: { problem: string } }) => row.details.problem);
}

test('no name, text or id of a person lies in Temporal in clear; the codec server shows them to who sees everything', async () => {
  const personal = {
    keyName: 'Zebra crossings',
    description: 'For Hieronymus Bosch, room 12.',
    effectiveOn: day(0),
  };
  const { id } = await submit(old, personal);
  expect((await decide(old, 'ben', id, 'approve', 'Known to me from Antwerp.')).status).toBe(200);
  expect((await decide(old, 'cleo', id)).status).toBe(200);
  expect(await ends(id)).toBe('delivered');

  const raw = await rawHistories(old, id);
  const payloads = payloadsIn(raw);
  expect(payloads.length).toBeGreaterThan(30);
  const searchable = payloads.filter(({ metadata }) => 'type' in metadata);
  const encrypted = payloads.filter(({ metadata }) => !('type' in metadata));
  expect(new Set(encrypted.map(({ metadata }) => textOf(metadata['encoding'] ?? '')))).toEqual(
    new Set(['binary/encrypted']),
  );
  const held = [
    'Zebra crossings',
    'Antwerp',
    '"ben"',
    '"ada"',
    '"cleo"',
    '"digest"',
    'Mail: reviewers of level 1',
    'Open the review',
    'request',
  ];
  const clear = JSON.stringify(raw) + payloads.map(({ data }) => textOf(data)).join('\n');
  const everywhere = ['Ada Lovelace', 'Ben Okri', 'Hieronymus', 'ada@example.com', ...held.slice(0, 6)];
  expect(everywhere.filter((text) => clear.includes(text))).toEqual([]);
  // What can be searched by is never encrypted, and is of nobody.
  const values = new Set(searchable.map(({ data }) => textOf(data)));
  for (const value of ['"acme"', '"pending"', '2', '"delivered"']) expect(values).toContain(value);

  const shown = await decode(old.as('emil'), payloads);
  expect(shown.status).toBe(200);
  const text = shown.body.payloads.map(({ data }: JsonPayload) => textOf(data)).join('\n');
  expect(held.filter((part) => !text.includes(part))).toEqual([]);
  expect((await decode(old.as('dora'), payloads)).body).toEqual(shown.body);
  for (const person of ['ada', 'ben']) {
    expect((await decode(old.as(person), payloads)).body.type).toBe('/problems/forbidden');
  }
  const nobody = new Api(old.baseUrl, async () => 'no-token');
  expect((await decode(nobody, payloads)).status).toBe(401);
  const { body } = await old.as('dora').get('/v1/audit?action=history.decoded');
  expect(body.items.map(({ actor }: { actor: string }) => actor)).toEqual(['dora', 'emil']);
});

test("a page of Temporal's UI may ask with a token; without one only the embedded stack's own, and nobody else's page", async () => {
  const ask = (origin: string | undefined, asked: Record<string, string> = {}, init: RequestInit = {}) =>
    fetch(`${old.baseUrl}/codec/decode`, {
      method: 'POST',
      body: JSON.stringify({ payloads: [] }),
      ...init,
      headers: { 'content-type': 'application/json', ...(origin && { origin }), ...asked },
    });
  const preflight = await ask(
    uiOrigin,
    {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,x-namespace',
    },
    { method: 'OPTIONS', body: null },
  );
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(uiOrigin);
  expect(preflight.headers.get('access-control-allow-credentials')).toBe('true');
  expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('authorization');
  expect((await ask(uiOrigin)).status).toBe(200);
  expect((await ask(uiOrigin, { authorization: 'Bearer x' })).status).toBe(401);
  for (const origin of ['http://evil.example', 'null', undefined]) {
    const answer = await ask(origin);
    expect([origin, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      origin,
      401,
      null,
    ]);
  }
});

test('what an admin encodes, the codec decodes; an auditor encodes nothing, and what is not ours stays as it is', async () => {
  const payload = { metadata: { encoding: btoa('json/plain') }, data: btoa('"hello"') };
  const { body } = await old.as('dora').post('/codec/encode', { payloads: [payload] });
  expect(textOf(body.payloads[0].metadata.encoding)).toBe('binary/encrypted');
  const foreign = {
    ...body.payloads[0],
    metadata: { ...body.payloads[0].metadata, 'encryption-key-id': btoa('9') },
  };
  const asked = [payload, body.payloads[0], foreign];
  expect((await decode(old.as('emil'), asked)).body.payloads).toEqual([payload, payload, foreign]);
  expect((await old.as('emil').post('/codec/encode', { payloads: [payload] })).status).toBe(403);
});

test('what claims to be encrypted and is not neither counts nor stops the workflow', async () => {
  const { id } = await submit(old);
  const { body } = await old.as('dora').post('/codec/encode', {
    payloads: [{ metadata: { encoding: btoa('json/plain') }, data: btoa('"hello"') }],
  });
  const genuine = Buffer.from(body.payloads[0].data, 'base64');
  const sealed = (data: Uint8Array | undefined, version: string | undefined = '1') => ({
    metadata: {
      encoding: Buffer.from('binary/encrypted'),
      ...(version !== undefined && { 'encryption-key-id': Buffer.from(version) }),
    },
    data,
  });
  const garbage = [
    sealed(Buffer.from('nonsense')),
    sealed(Buffer.alloc(200, 7)),
    sealed(new Uint8Array()),
    sealed(undefined),
    sealed(genuine.subarray(0, -1)),
    sealed(Buffer.concat([genuine, Buffer.alloc(1)])),
    sealed(genuine, ''),
    sealed(genuine, 'x'),
    sealed(genuine, '-1'),
    { metadata: { encoding: Buffer.from('binary/encrypted') }, data: genuine },
    { metadata: { encoding: Buffer.from([0xff, 0xfe]) }, data: genuine },
    { metadata: {}, data: genuine },
    sealed(Buffer.alloc(100_000, 1)),
    // As much as Temporal takes: with anything around it, no activity could be given it.
    { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(`"${'a'.repeat(2_090_000)}"`) },
    // Genuinely encrypted, and no decision.
    sealed(genuine),
  ];
  for (const payload of garbage) await signal(id, payload);
  const problems = await eventually(async () => {
    const found = await refusals(id);
    return found.length === garbage.length ? found : undefined;
  });
  expect(new Set(problems)).toEqual(new Set(['malformed-decision']));
  expect((await decide(old, 'ben', id)).status).toBe(200);
});

test('a decision that was sent in clear, by what knows of no codec, counts', async () => {
  const { id, digest } = await submit(old);
  const plain = new Client({ connection: old.environment.connection });
  await plain.workflow.getHandle(id).signal('decide', signed(old, { applicationId: id, digest }));
  await eventually(
    async () => (await old.as('emil').get(`/v1/applications/${id}`)).body.level === 2 || undefined,
  );
});

test('a workflow that began under key 1 goes on under a worker that has 2 and 1, and all new is under 2', async () => {
  const { id } = await submit(old);
  expect(await keysOf(id)).toEqual(new Set(['', '1']));
  await old.stopWorker();
  await next.startWorker();
  // A worker that takes over is given what the one before held a moment late: so 200 or 202.
  expect((await decide(next, 'ben', id)).status).toBeLessThan(300);
  await eventually(
    async () => (await next.as('cleo').get(`/v1/applications/${id}`)).body.level === 2 || undefined,
  );
  expect((await decide(next, 'cleo', id)).status).toBeLessThan(300);
  expect(await ends(id)).toBe('delivered');
  expect(await keysOf(id)).toEqual(new Set(['', '1', '2']));
  await next.stopWorker();
});

test('a worker that lacks the key fails tasks, not workflows, and a decision waits for the one that has it', async () => {
  // Where the API has got the new key and the only worker has not.
  const opened = await submitted('old');
  await old.startWorker();
  await eventually(
    async () => (await old.as('ada').get(`/v1/applications/${opened}`)).body.state === 'pending' || undefined,
  );
  const decided = await decide(next, 'ben', opened);
  expect(decided.status).toBe(202);
  const unread = await submitted('next');
  const lacking = await eventually(async () => {
    const { raw } = await old.client.workflow.getHandle(opened).describe();
    return raw.pendingActivities?.find(({ lastFailure }) => lastFailure) ?? undefined;
  });
  expect(lacking.activityType?.name).toBe('recordSignal');
  await eventually(async () => {
    const { events } = await old.client.workflow.getHandle(unread).fetchHistory();
    return events?.some(({ workflowTaskFailedEventAttributes: failed }) => failed) || undefined;
  });
  expect(await refusals(opened)).toEqual([]);

  await old.stopWorker();
  await next.startWorker();
  await eventually(
    async () => (await next.as('ada').get(`/v1/applications/${opened}`)).body.level === 2 || undefined,
    40_000,
  );
  await eventually(
    async () => (await next.as('ada').get(`/v1/applications/${unread}`)).body.level === 1 || undefined,
    40_000,
  );
  expect(await refusals(opened)).toEqual([]);

  /** Submits through the API of one, whether or not a worker runs. */
  async function submitted(by: 'old' | 'next'): Promise<string> {
    const ada = { old, next }[by].as('ada');
    const { id } = (await ada.post('/v1/applications', draft())).body;
    expect((await ada.post(`/v1/applications/${id}/submission`)).status).toBeLessThan(300);
    return id;
  }
});
