import { expect, test } from 'vitest';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const dora = keygrant.as('dora');
for (const [id, roles] of [
  ['bea', ['api-owner']],
  ['both', ['api-owner', 'security']],
  ['amy', ['applicant', 'api-owner', 'security']],
] as const) {
  await dora.post('/v1/people', { id, name: `Reviewer ${id}`, email: `${id}@example.com`, roles });
}

async function refusalsOnRecord(id: string) {
  const { body } = await keygrant.as('emil').get(`/v1/audit?action=decision.refused&subjectId=${id}`);
  return body.items.map(({ actor, details }: { actor: string; details: { problem: string } }) => [
    actor,
    details.problem,
  ]);
}

test('every refusal of a decision has a problem type of its own, and is on record', async () => {
  const { id, digest } = await submit(keygrant);
  const path = `/v1/applications/${id}/decisions`;
  const expectRefusal = async (who: string, body: object, status: number, code: string) => {
    const answer = await keygrant.as(who).post(path, { verdict: 'approve', digest, ...body });
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${code}`]);
    return answer;
  };
  await expectRefusal('ada', {}, 403, 'own-application');
  await expectRefusal('cleo', {}, 403, 'not-a-reviewer');
  await expectRefusal('dora', {}, 403, 'not-a-reviewer');
  await expectRefusal('ben', { digest: '0'.repeat(64) }, 409, 'stale-digest');
  await expectRefusal('ben', { level: 2 }, 409, 'level-decided');
  const silent = await expectRefusal('ben', { verdict: 'deny', comment: '  ' }, 422, 'comment-required');
  expect(silent.body.errors).toEqual([{ field: 'comment', message: 'Say why; the applicant is told.' }]);
  expect((await keygrant.as('ben').post(path, { verdict: 'approve', digest })).status).toBe(200);
  await expectRefusal('ben', {}, 409, 'already-decided');
  expect((await refusalsOnRecord(id)).toReversed()).toEqual([
    ['ada', 'own-application'],
    ['cleo', 'not-a-reviewer'],
    ['dora', 'not-a-reviewer'],
    ['ben', 'stale-digest'],
    ['ben', 'level-decided'],
    ['ben', 'comment-required'],
    ['ben', 'already-decided'],
  ]);
  expect((await keygrant.as('ada').get(`/v1/applications/${id}`)).body).toMatchObject({
    state: 'pending',
    level: 2,
  });
});

test('an applicant who also reviews cannot decide their own application, whatever roles they hold', async () => {
  const created = await keygrant.as('amy').post('/v1/applications', draft());
  const submitted = await keygrant.as('amy').post(`/v1/applications/${created.body.id}/submission`);
  expect(submitted.body.waitingFor.map((person: { id: string }) => person.id)).not.toContain('amy');
  expect((await decide(keygrant, 'amy', created.body.id)).body.type).toBe('/problems/own-application');
});

test('a reviewer of both levels decides one of them only', async () => {
  const { id } = await submit(keygrant);
  expect((await decide(keygrant, 'both', id)).status).toBe(200);
  expect((await decide(keygrant, 'both', id)).body.type).toBe('/problems/already-decided');
  expect((await decide(keygrant, 'cleo', id)).status).toBe(200);
});

test('when reviewers press at once, one decision counts, and nobody decides a level that they did not look at', async () => {
  const { id, digest } = await submit(keygrant);
  const answers = await Promise.all(
    ['ben', 'bea', 'both'].map((who) =>
      keygrant.as(who).post(`/v1/applications/${id}/decisions`, { verdict: 'approve', level: 1, digest }),
    ),
  );
  expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['200', '409', '409']);
  const { body } = await keygrant.as('emil').get(`/v1/applications/${id}`);
  expect(body).toMatchObject({ state: 'pending', level: 2 });
  expect(body.levels.map((level: { status: string }) => level.status)).toEqual(['approved', 'open']);
});

test('a retry with the same Idempotency-Key is the same decision', async () => {
  const { id, digest } = await submit(keygrant);
  const send = () =>
    keygrant
      .as('ben')
      .post(`/v1/applications/${id}/decisions`, { verdict: 'approve', digest }, { 'idempotency-key': 'k1' });
  const [first, ...retries] = [await send(), await send(), await send()];
  expect(first.status).toBe(200);
  for (const retry of retries)
    expect([retry.status, retry.body.decisionId]).toEqual([200, first.body.decisionId]);
  expect(await refusalsOnRecord(id)).toEqual([]);
});

test('a denial ends the application, tells the applicant why, and no key is ever issued', async () => {
  const { id } = await submit(keygrant);
  const denied = await decide(keygrant, 'ben', id, 'deny', 'Ask for fewer APIs.');
  expect(denied.body.application).toMatchObject({
    state: 'rejected',
    reason: 'Ask for fewer APIs.',
    waitingFor: [],
  });
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('rejected');
  const mail = (await keygrant.mailbox.messages()).findLast((message) => message.subject.includes('Denied'));
  expect(mail).toMatchObject({ to: ['ada@example.com'] });
  expect(mail?.text).toContain('Ask for fewer APIs.');
  expect((await decide(keygrant, 'cleo', id)).body.type).toBe('/problems/not-pending');
  const { body } = await keygrant.as('ada').get(`/v1/applications/${id}`);
  expect(body.key).toBeNull();
  expect((await keygrant.as('ada').post(`/v1/applications/${id}/submission`)).body.state).toBe('rejected');
});

test('what no longer holds when the key is issued returns the application with the reason, to be edited and submitted again', async () => {
  const { id } = await submit(keygrant, { apiIds: ['orders-list', 'prices'] });
  await decide(keygrant, 'ben', id);
  await dora.patch('/v1/apis/prices', { enabled: false });
  await decide(keygrant, 'cleo', id);
  const returned = await eventually(async () => {
    const { body } = await keygrant.as('ada').get(`/v1/applications/${id}`);
    return body.state === 'returned' ? body : undefined;
  });
  expect(returned.reason).toContain('prices');
  // The reason is Keygrant's own: in the timeline, too, everybody reads it in their language.
  const headers = { 'accept-language': 'zh-TW' };
  const { body: inChinese } = await keygrant.as('ada').get(`/v1/applications/${id}`, headers);
  for (const text of [inChinese.reason, inChinese.now, JSON.stringify(inChinese.timeline)])
    expect(text).toContain('apiIds: 未登錄或未啟用：prices。');
  expect(returned.violations).toMatchObject([{ field: 'apiIds' }]);
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('returned');

  await keygrant.as('ada').patch(`/v1/applications/${id}`, { apiIds: ['orders-list'] });
  const again = await keygrant.as('ada').post(`/v1/applications/${id}/submission`);
  expect(again.body).toMatchObject({ state: 'pending', level: 1, round: 2, reason: null });
  expect(again.body.digest).not.toBe(returned.digest);
  // Every level starts again, and those who approved the first round may approve the second.
  expect((await decide(keygrant, 'ben', id)).status).toBe(200);
  expect((await decide(keygrant, 'cleo', id)).status).toBe(200);
});
