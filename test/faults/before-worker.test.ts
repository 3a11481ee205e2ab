import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/crypto/digest.ts';
import { newId } from '../../src/crypto/ids.ts';
import { signText } from '../../src/crypto/master-keys.ts';
import { contentOf, loadApplication } from '../../src/db/applications.ts';
import { revisionText } from '../../src/domain/application.ts';
import { type Decision, decisionPurpose, decisionText } from '../../src/domain/decision.ts';
import { draft } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';

// Messages that come before a worker has ever seen the workflow: they run while it is still being set up.
const keygrant = await startKeygrant({ worker: false, env: { DELIVERY_DELAY: '1h' } });
const ada = keygrant.as('ada');

/** A genuine decision on the revision that the first round will open. */
async function foresee(id: string, change: Partial<Decision> = {}) {
  const application = await loadApplication(keygrant.db, id);
  if (!application) throw new Error(`there is no ${id}`);
  const decision: Decision = {
    id: newId('decision'),
    applicationId: id,
    personId: 'ben',
    via: null,
    level: 1,
    act: 'approve',
    comment: '',
    digest: sha256(revisionText(id, 'ada', 1, contentOf(application), null)),
    requestId: randomUUID(),
    ...change,
  };
  const signature = signText(keygrant.config.masterKeys, decisionPurpose, decisionText(decision));
  return { ...decision, signature };
}

test('what was submitted and decided while no worker ran counts, in order and once, as soon as one does', async () => {
  const created = await ada.post('/v1/applications', draft());
  const { id } = created.body;
  const accepted = await ada.post(`/v1/applications/${id}/submission`);
  expect([accepted.status, accepted.body.state]).toEqual([202, 'draft']);
  expect(accepted.headers.get('location')).toBe(`/v1/applications/${id}`);
  expect((await ada.post(`/v1/applications/${id}/submission`)).status).toBe(202);
  const first = await foresee(id);
  const { act: verdict, digest } = first;
  const tooEarly = await keygrant.as('ben').post(`/v1/applications/${id}/decisions`, { verdict, digest });
  expect(tooEarly.body.type).toBe('/problems/not-found');

  const workflow = keygrant.client.workflow.getHandle(id);
  const second = await foresee(id, { personId: 'cleo', level: 2 });
  await workflow.signal('decide', { ...second, personId: 'ben' });
  await workflow.signal('decide', { ...first, act: 'deny', comment: 'forged' });
  await workflow.signal('decide', first);
  await workflow.signal('decide', first);
  await workflow.signal('decide', second);
  await keygrant.startWorker();

  const issued = await eventually(async () => {
    const { body } = await ada.get(`/v1/applications/${id}`);
    return body.state === 'issued' ? body : undefined;
  });
  expect(issued.round).toBe(1);
  expect(
    issued.levels.map((level: { decisions: { by: { id: string } }[] }) => level.decisions[0]?.by.id),
  ).toEqual(['ben', 'cleo']);
  const { body } = await keygrant.as('emil').get(`/v1/audit?subjectId=${id}&limit=100`);
  const trail = body.items.map((row: { action: string; details: { problem?: string } }) => [
    row.action,
    ...(row.details.problem ? [row.details.problem] : []),
  ]);
  expect(trail.toReversed().filter(([action]: [string]) => action !== 'mail.sent')).toEqual([
    ['application.drafted'],
    ['application.submitted'],
    ['decision.refused', 'forged-decision'],
    ['decision.refused', 'forged-decision'],
    ['application.approved-level'],
    ['decision.refused', 'repeated-decision'],
    ['application.approved-level'],
    ['key.issued'],
  ]);
});
