import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { signed } from '../support/signed.ts';

// Signals that did not come through the API: from Temporal's UI, its CLI, or anybody else who reaches it.
const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const auditor = keygrant.as('emil');

async function send(id: string, name: string, payload: unknown): Promise<void> {
  await keygrant.client.workflow.getHandle(id).signal(name, payload);
}

/** The problems for which signals about an application were refused, once `count` are on record. */
async function refusals(id: string, count: number): Promise<string[]> {
  return eventually(async () => {
    const { body } = await auditor.get(`/v1/audit?action=decision.refused&subjectId=${id}`);
    const problems = body.items.map((row: { details: { problem: string } }) => row.details.problem);
    return problems.length >= count ? problems : undefined;
  });
}

test('a forged decision changes nothing and is on record, without the id that it claims', async () => {
  const { id, digest } = await submit(keygrant);
  const genuine = signed(keygrant, { applicationId: id, digest });
  await send(id, 'decide', {
    ...genuine,
    signature: genuine.signature.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')),
  });
  await send(id, 'decide', { ...genuine, act: 'deny', comment: 'changed on the way' });
  await send(id, 'decide', { ...genuine, personId: 'cleo' });
  await send(id, 'decide', { ...genuine, signature: '' });
  expect(await refusals(id, 4)).toEqual([
    'malformed-decision',
    'forged-decision',
    'forged-decision',
    'forged-decision',
  ]);
  const after = await keygrant.as('ben').get(`/v1/applications/${id}`);
  expect(after.body).toMatchObject({ state: 'pending', level: 1, reason: null });

  // The forger used a genuine decision's id; the genuine one still counts.
  await send(id, 'decide', genuine);
  await eventually(async () => (await auditor.get(`/v1/applications/${id}`)).body.level === 2 || undefined);
});

test('a decision signed for one application does not count for another', async () => {
  const [one, other] = [await submit(keygrant), await submit(keygrant)];
  await send(other.id, 'decide', signed(keygrant, { applicationId: one.id, digest: other.digest }));
  expect(await refusals(other.id, 1)).toEqual(['forged-decision']);
});

test('what is not a decision at all, even what cannot be read, neither counts nor stops the workflow', async () => {
  const { id } = await submit(keygrant);
  for (const payload of [null, 'approve', 42, [], { verdict: 'approve' }, { id: { a: 1 } }])
    await send(id, 'decide', payload);
  const { namespace } = keygrant.client.options;
  const raw = (data: string, encoding: string) => ({
    payloads: [{ metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(data) }],
  });
  for (const input of [
    raw('{"half', 'json/plain'),
    raw('x', 'binary/unheard-of'),
    raw('', 'json/plain'),
    undefined,
  ]) {
    await keygrant.client.workflowService.signalWorkflowExecution({
      namespace,
      workflowExecution: { workflowId: id },
      signalName: 'decide',
      ...(input && { input }),
      requestId: randomUUID(),
    });
  }
  expect(new Set(await refusals(id, 10))).toEqual(new Set(['malformed-decision']));
  expect((await decide(keygrant, 'ben', id)).status).toBe(200);
});

test('a signal that Keygrant does not know is on record and changes nothing', async () => {
  const { id } = await submit(keygrant);
  await send(id, 'approve-everything', { please: true });
  expect(await refusals(id, 1)).toEqual(['unknown-signal']);
  expect((await auditor.get(`/v1/applications/${id}`)).body).toMatchObject({ state: 'pending', level: 1 });
});

test('a genuine decision that is sent again counts once', async () => {
  const { id, digest } = await submit(keygrant);
  const decision = signed(keygrant, { applicationId: id, digest });
  await Promise.all([1, 2, 3].map(() => send(id, 'decide', decision)));
  expect(await refusals(id, 2)).toEqual(['repeated-decision', 'repeated-decision']);
  expect((await auditor.get(`/v1/applications/${id}`)).body).toMatchObject({ state: 'pending', level: 2 });
});

test('a decision that is repeated until it is recorded comes to its workflow once', async () => {
  const { id, digest } = await submit(keygrant);
  await keygrant.stopWorker();
  const impatient = { 'idempotency-key': randomUUID() };
  const press = () =>
    keygrant.as('ben').post(`/v1/applications/${id}/decisions`, { verdict: 'approve', digest }, impatient);
  expect([(await press()).status, (await press()).status]).toEqual([202, 202]);
  const { events } = await keygrant.client.workflow.getHandle(id).fetchHistory();
  const signals = events?.filter((event) => event.workflowExecutionSignaledEventAttributes);
  expect(signals).toHaveLength(1);
  await keygrant.startWorker();
  expect((await press()).status).toBe(200);
  expect(await refusals(id, 0)).toEqual([]);
});

test('a signed decision that breaks a rule is refused inside the workflow, too', async () => {
  const { id, digest } = await submit(keygrant);
  const cases = [
    [{ personId: 'cleo' }, 'not-a-reviewer'],
    [{ personId: 'ada' }, 'own-application'],
    [{ digest: '0'.repeat(64) }, 'stale-digest'],
    [{ level: 2 }, 'level-decided'],
    [{ act: 'deny', comment: ' ' }, 'comment-required'],
  ] as const;
  for (const [index, [change, problem]] of cases.entries()) {
    await send(id, 'decide', signed(keygrant, { applicationId: id, digest, ...change }));
    expect((await refusals(id, index + 1))[0]).toBe(problem);
  }
});

test('a decision that comes late, in the ten minutes, is on record and changes nothing', async () => {
  const { id, digest } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
  await eventually(
    async () => (await auditor.get(`/v1/applications/${id}`)).body.state === 'issued' || undefined,
  );
  await send(
    id,
    'decide',
    signed(keygrant, { applicationId: id, digest, personId: 'dora', act: 'deny', comment: 'stop' }),
  );
  expect(await refusals(id, 1)).toEqual(['not-pending']);
  expect((await auditor.get(`/v1/applications/${id}`)).body).toMatchObject({ state: 'issued' });
});

test('a workflow that was started past the API submits nothing, even where a flow would approve by itself', async () => {
  await keygrant
    .as('dora')
    .put('/v1/flows/open-data', { name: 'Open', levels: [], appliesTo: [{ onlyApis: ['prices'] }] });
  const { id, revision } = (await keygrant.as('ada').post('/v1/applications', draft({ apiIds: ['prices'] })))
    .body;
  const submission = { applicationId: id, revision, submittedBy: 'ada', via: null, requestId: 'r' };
  for (const args of [[submission], [{ ...submission, signature: `1.${'A'.repeat(43)}` }]]) {
    const { taskQueue } = keygrant.config.temporal;
    const result = await keygrant.client.workflow.execute('application', { workflowId: id, taskQueue, args });
    expect(result).toBe('refused');
  }
  expect((await keygrant.as('ada').get(`/v1/applications/${id}`)).body).toMatchObject({
    state: 'draft',
    refusal: null,
  });
  const { body } = await auditor.get(`/v1/audit?action=application.submission-forged&subjectId=${id}`);
  expect(body.items).toMatchObject([{ actor: 'unknown' }, { actor: 'unknown' }]);
  expect((await keygrant.as('ada').post(`/v1/applications/${id}/submission`)).status).toBe(200);
});
