import { expect, test } from 'vitest';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem, fieldsOf } from './problems.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '1h' } });
const ben = keygrant.as('ben');

test('a comment counts characters as people do, up to its limit, and a longer one is refused by name', async () => {
  const { id, digest } = await submit(keygrant);
  const decide = (comment: string) =>
    ben.post(`/v1/applications/${id}/decisions`, { verdict: 'deny', comment, digest });
  expect(fieldsOf(await decide('👍'.repeat(2001)))).toEqual(['comment']);
  const denied = await decide('👍'.repeat(2000));
  expect(denied.status).toBe(200);
  expect(denied.body.application.reason).toBe('👍'.repeat(2000));
});

test('an Idempotency-Key does not make a decision out of another one', async () => {
  const { id, digest } = await submit(keygrant);
  const decide = (body: object) =>
    ben.post(`/v1/applications/${id}/decisions`, { digest, ...body }, { 'idempotency-key': 'once' });
  expect((await decide({ verdict: 'approve' })).status).toBe(200);
  expectProblem(await decide({ verdict: 'deny', comment: 'No.' }), 409, 'already-decided');
  const retry = await decide({ verdict: 'approve' });
  expect([retry.status, retry.body.application.level]).toEqual([200, 2]);
});

test('a decision that was refused can be sent again, put right, under the same Idempotency-Key', async () => {
  const { id, digest } = await submit(keygrant);
  const decide = (body: object) =>
    ben.post(`/v1/applications/${id}/decisions`, { digest, ...body }, { 'idempotency-key': 'twice' });
  expectProblem(await decide({ verdict: 'deny' }), 422, 'comment-required');
  expect((await decide({ verdict: 'deny', comment: 'No.' })).body.application.state).toBe('rejected');
});

test('an application says what its reader may do to it now, who may decide each level, and until when', async () => {
  await keygrant.as('dora').put('/v1/flows/default', {
    name: 'Timed',
    levels: [
      { name: 'API owner', reviewers: { people: [], roles: ['api-owner'] }, remindAfterHours: 24 },
      { name: 'Security', reviewers: { people: [], roles: ['security'] }, lapseAfterHours: 48 },
    ],
  });
  const { body: written } = await keygrant.as('ada').post('/v1/applications', draft());
  const { id } = written;
  const read = async (who: string) => (await keygrant.as(who).get(`/v1/applications/${id}`)).body;
  const actions = async () =>
    Promise.all(['ada', 'ben', 'cleo', 'emil'].map(async (who) => (await read(who)).actions?.join(' ')));
  expect(written.actions).toEqual(['edit', 'submit', 'delete']);
  await keygrant.as('ada').post(`/v1/applications/${id}/submission`);
  expect(await actions()).toEqual(['withdraw', 'approve deny return', '', '']);
  const pending = await read('ada');
  expect(pending.levels.map((level: { people: { id: string }[] }) => level.people)).toEqual([
    [{ id: 'ben', name: 'Ben Okri' }],
    [{ id: 'cleo', name: 'Cleo Wang' }],
  ]);
  const hoursAfter = (moment: string, hours: number) =>
    new Date(Date.parse(moment) + hours * 3_600_000).toISOString();
  const [first, second] = pending.levels;
  expect(first.deadlines).toEqual([{ event: 'remind', at: hoursAfter(first.since, 24) }]);
  expect([second.since, second.deadlines]).toEqual([null, []]);

  await decide(keygrant, 'ben', id);
  expect(await actions()).toEqual(['withdraw', '', 'approve deny return', '']);
  const [over, open] = (await read('ada')).levels;
  expect([over.people, over.deadlines]).toEqual([[], []]);
  expect(open.deadlines).toEqual([{ event: 'lapse', at: hoursAfter(open.since, 48) }]);
  await decide(keygrant, 'cleo', id);
  await eventually(async () => (await read('ada')).state === 'issued' || undefined);
  expect(await actions()).toEqual(['hold recall', 'hold recall', 'hold recall', '']);
  await keygrant.as('ada').post(`/v1/applications/${id}/hold`);
  expect((await read('ben')).actions).toEqual(['release', 'recall']);
  await keygrant.as('ada').post(`/v1/applications/${id}/recall`);
  expect(await actions()).toEqual(['', '', '', '']);
});
