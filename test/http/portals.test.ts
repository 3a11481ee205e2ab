import { expect, inject, test } from 'vitest';
import { portal } from '../../src/stack/seed.ts';
import { portalToken } from '../../src/stack/sign-in.ts';
import { Api } from '../support/api.ts';
import { draft } from '../support/applications.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem } from './problems.ts';

const keygrant = await startKeygrant();
const dora = keygrant.as('dora');
await dora.post('/v1/people', {
  id: 'both',
  name: 'Both',
  email: 'both@example.com',
  roles: ['applicant', 'admin', 'api-owner'],
});

test('a portal acts for applicants as applicants, whatever else they are: it neither decides nor administers', async () => {
  const both = keygrant.asPortal('both');
  expect((await both.get('/v1/me')).body).toEqual({
    id: 'both',
    name: 'Both',
    roles: ['applicant'],
    via: portal.id,
  });
  expectProblem(await both.get('/v1/audit'), 403, 'forbidden');
  expectProblem(await both.get('/v1/people'), 403, 'forbidden');
  const client = { id: 'initech', name: 'Initech', emails: ['it@initech.example'] };
  expectProblem(await both.post('/v1/clients', client), 403, 'forbidden');
  const flow = (await dora.get('/v1/flows/default')).body;
  expectProblem(await both.put('/v1/flows/default', { name: 'Mine', levels: flow.levels }), 403, 'forbidden');

  // The person themselves could decide this one, since their role reviews its level; the portal does not see it.
  const { id } = (await keygrant.as('ada').post('/v1/applications', draft())).body;
  const { digest } = (await keygrant.as('ada').post(`/v1/applications/${id}/submission`)).body;
  const path = `/v1/applications/${id}/decisions`;
  expectProblem(await both.post(path, { verdict: 'approve', digest }), 404, 'not-found');
  expect((await both.get('/v1/applications?waitingFor=me')).body.items).toEqual([]);
  expect((await keygrant.as('both').post(path, { verdict: 'approve', digest })).status).toBe(200);
});

test('a portal changes what it wrote for its applicant, and the applicant can too, but not the other way round', async () => {
  const viaPortal = keygrant.asPortal('ada');
  const ada = keygrant.as('ada');
  const own = `/v1/applications/${(await ada.post('/v1/applications', draft())).body.id}`;
  const written = `/v1/applications/${(await viaPortal.post('/v1/applications', draft())).body.id}`;
  expectProblem(await viaPortal.patch(own, { quota: 5 }, 1), 404, 'not-found');
  expectProblem(await viaPortal.post(`${own}/submission`), 404, 'not-found');
  expectProblem(await viaPortal.call('DELETE', own, undefined, { 'if-match': '"1"' }), 404, 'not-found');
  expectProblem(await keygrant.asPortal('both').patch(written, { quota: 5 }, 1), 404, 'not-found');
  expect((await viaPortal.patch(written, { quota: 5 })).body.quota).toBe(5);
  expect((await ada.patch(written, { quota: 6 })).body.quota).toBe(6);
  expect((await viaPortal.get(written)).body.timeline).toMatchObject([
    { by: { id: 'ada' }, via: portal.id },
    { by: { id: 'ada' }, via: portal.id },
    { by: { id: 'ada' }, via: null },
  ]);
});

test('a portal without a registered applicant is nobody, and is told the same whoever it named', async () => {
  await keygrant.as('dora').post('/v1/people', {
    id: 'amy',
    name: 'Amy',
    email: 'amy@example.com',
    roles: ['applicant'],
    enabled: false,
  });
  const issuer = inject('stack').issuer;
  const named = [
    {},
    ...['', 'nobody', 'amy', 'ben', 'dora', portal.id, 'ada, zoe'].map((id) => ({ 'on-behalf-of': id })),
  ];
  const details = await Promise.all(
    named.map(async (headers) => {
      const answer = await new Api(keygrant.baseUrl, () => portalToken({ issuer, ...portal }), headers).get(
        '/v1/me',
      );
      expectProblem(answer, 403, 'forbidden');
      return answer.body.detail;
    }),
  );
  expect(new Set(details).size).toBe(1);
});

test('a person who is no portal stays who they are, whomever they name', async () => {
  expect((await dora.get('/v1/me', { 'on-behalf-of': 'ada' })).body).toMatchObject({
    id: 'dora',
    via: null,
  });
});
