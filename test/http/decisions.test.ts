import { expect, test } from 'vitest';
import { submit } from '../support/applications.ts';
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
