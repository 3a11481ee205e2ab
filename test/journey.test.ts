import { expect, test } from 'vitest';
import { decide, draft, submit } from './support/applications.ts';
import { startKeygrant } from './support/keygrant.ts';

const keygrant = await startKeygrant({ time: 'skipping' });

test('an applicant applies, two reviewers approve, and ten minutes after the approval the key pair is in the mail', async () => {
  const ada = keygrant.as('ada');
  const found = await ada.get('/v1/clients?q=robot');
  expect(found.body.items).toMatchObject([{ id: 'acme', name: 'Acme Robotics' }]);
  const created = await ada.post('/v1/applications', draft());
  expect(created.body).toMatchObject({ state: 'draft', violations: [] });
  const submitted = await ada.post(`/v1/applications/${created.body.id}/submission`);
  expect(submitted.body).toMatchObject({ state: 'pending', stateName: 'Pending Order', level: 1 });
  expect(submitted.body.waitingFor).toEqual([{ id: 'ben', name: 'Ben Okri' }]);

  const first = await decide(keygrant, 'ben', created.body.id);
  expect(first.body).toMatchObject({ outcome: 'recorded', application: { level: 2 } });
  const second = await decide(keygrant, 'cleo', created.body.id);
  expect(second.status).toBe(200);

  const state = await keygrant.client.workflow.getHandle(created.body.id).result();
  expect(state).toBe('delivered');
  const mails = await keygrant.mailbox.messages();
  console.log(mails.map((mail) => [mail.subject, mail.to]));
  const seen = await ada.get(`/v1/applications/${created.body.id}`);
  console.log(JSON.stringify(seen.body, null, 1));
});
