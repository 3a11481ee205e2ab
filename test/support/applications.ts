import { expect } from 'vitest';
import { dateIn } from '../../src/domain/dates.ts';
import { eventually } from './eventually.ts';
import type { Keygrant } from './keygrant.ts';

/** A calendar date some days from now, in the tests' time zone. */
export function day(offset: number): string {
  return dateIn('Asia/Taipei', new Date(Date.now() + offset * 86_400_000));
}

/** A complete draft. */
export function draft(change: Record<string, unknown> = {}) {
  return {
    clientId: 'acme',
    keyName: 'Orders for the shop',
    description: 'The web shop shows customers their orders.',
    effectiveOn: day(0),
    expiresOn: day(90),
    quota: 1000,
    apiIds: ['orders-list', 'orders-read'],
    ...change,
  };
}

/** Writes a draft and submits it, as a portal does: again where Temporal is too busy, and with patience where the answer says so. */
export async function submit(keygrant: Keygrant, change: Record<string, unknown> = {}) {
  const ada = keygrant.as('ada');
  const created = await ada.post('/v1/applications', draft(change));
  expect(created.status).toBe(201);
  const path = `/v1/applications/${created.body.id}`;
  const submitted = await eventually(async () => {
    const answer = await ada.post(`${path}/submission`);
    return answer.status === 503 ? undefined : answer;
  });
  expect(submitted.status).toBeLessThanOrEqual(202);
  if (submitted.status === 200) return submitted.body;
  return eventually(async () => {
    const { body } = await ada.get(path);
    return body.state === 'draft' ? undefined : body;
  });
}

/** Decides as a reviewer, on what they see. */
export async function decide(
  keygrant: Keygrant,
  reviewer: string,
  id: string,
  verdict: 'approve' | 'deny' | 'return' = 'approve',
  comment = verdict === 'approve' ? '' : 'Too broad.',
) {
  const { body } = await keygrant.as(reviewer).get(`/v1/applications/${id}`);
  return keygrant
    .as(reviewer)
    .post(`/v1/applications/${id}/decisions`, { verdict, comment, digest: body.digest });
}
