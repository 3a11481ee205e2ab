import { expect, test } from 'vitest';
import { dateIn } from '../../src/domain/dates.ts';
import { createCallRecords } from '../../src/gateway/records.ts';
import { createVerifier, type Finding } from '../../src/gateway/verify.ts';
import { dgrkAuthorization } from '../../src/signing/index.ts';
import { day, decide } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { call, keyInUse, mailedSecrets, type Pair } from './key.ts';

// Months, skipped. The tests build on one another's clock, which only ever moves forward.
const keygrant = await startKeygrant({ time: 'skipping', env: { DELIVERY_DELAY: '0s' } });
const { db, config, environment } = keygrant;
const [ada, dora, emil] = [keygrant.as('ada'), keygrant.as('dora'), keygrant.as('emil')];

/** A day so many days from the time that was skipped to: its end is that many days away, or up to one more. */
const dayFromNow = async (offset: number) =>
  dateIn('Asia/Taipei', new Date((await environment.currentTimeMs()) + offset * 86_400_000));

/** What was mailed about a key, by kind. */
async function mailsAbout({ id }: Pair): Promise<string[]> {
  const { applicationId } = (await emil.get(`/v1/keys/${id}`)).body;
  const { mails } = (await emil.get(`/v1/applications/${applicationId}`)).body;
  return mails.map(({ kind }: { kind: string }) => kind);
}

/** Once so many were mailed about a key: what is due is done a moment after its time. */
const mailed = (pair: Pair, count: number) =>
  eventually(async () => {
    const kinds = await mailsAbout(pair);
    return kinds.length >= count ? kinds : undefined;
  });

const recorded = async ({ id }: Pair, action: string): Promise<Record<string, unknown>[]> =>
  (await emil.get(`/v1/audit?action=${action}&subjectId=${id}`)).body.items.map(
    ({ details }: { details: Record<string, unknown> }) => details,
  );

const graceOf = (pair: Pair) =>
  eventually(async () => {
    const { rotation } = (await ada.get(`/v1/keys/${pair.id}`)).body;
    return rotation.graceSince === null ? undefined : rotation;
  });

async function rotated(grace: Record<string, unknown>) {
  const pair = await keyInUse(keygrant, { expiresOn: day(300) });
  expect((await ada.post(`/v1/keys/${pair.id}/rotation`, grace)).status).toBe(200);
  const [secretKey = ''] = await eventually(async () => {
    const mailed = await mailedSecrets(keygrant, pair);
    return mailed.length > 0 ? mailed : undefined;
  });
  return { pair, renewed: { ...pair, secretKey }, rotation: await graceOf(pair) };
}

test('both secrets pass in the grace, which begins when the new one was mailed; the old one does not a moment after', async () => {
  const { pair, renewed, rotation } = await rotated({ grace: '2d' });
  const endsAt = Date.parse(rotation.endsAt);
  expect(endsAt - Date.parse(rotation.graceSince)).toBe(2 * 86_400_000);
  // Dates are facts: nothing has to run for the old secret to end.
  const { masterKeys, timeZone } = config;
  const { changes } = keygrant.context;
  const settings = { db, masterKeys, timeZone, changes, cachedKeys: 0 };
  const verifier = createVerifier({ ...settings, record: () => undefined });
  const at = async (signer: Pair, moment: number) => {
    const fields = { authorization: await dgrkAuthorization(signer, '') };
    const asked = { method: 'GET', target: '/orders', fields, body: '', now: new Date(moment) };
    return (await verifier.verify(asked)).verdict.reason;
  };
  expect([await at(pair, endsAt - 1), await at(pair, endsAt)]).toEqual([null, 'unauthorized']);
  expect([await at(renewed, endsAt - 1), await at(renewed, endsAt)]).toEqual([null, null]);
  // A wrong secret is no better for there being two.
  expect(await at({ ...pair, secretKey: 'x'.repeat(88) }, endsAt - 1)).toBe('unauthorized');

  await environment.sleep('47h');
  expect((await call(pair, dora)).valid).toBe(true);
  await environment.sleep('2h');
  expect((await call(pair, dora)).reason).toBe('unauthorized');
  expect(await recorded(pair, 'key.rotation-ended')).toHaveLength(1);
  expect((await ada.get(`/v1/keys/${pair.id}`)).body.rotation).toBeNull();
});

test('a secret that stays until it is unused ends that many days after its last use, not before', async () => {
  const { pair, rotation } = await rotated({ until: 'unused', unusedDays: 3 });
  expect(rotation).toMatchObject({ unusedDays: 3, endsAt: null });
  await environment.sleep('2d');
  const records = createCallRecords(db, { timeZone: 'Asia/Taipei', quotaWarnings: [] }, (error) => {
    throw error;
  });
  const finding = { cause: null, keyId: pair.id, scheme: 'dgrk', secret: 'former' } as Finding;
  records.record(finding, new Date(await environment.currentTimeMs()));
  await records.close();
  await environment.sleep('2d');
  expect((await call(pair, dora)).valid).toBe(true);
  await environment.sleep('25h');
  expect((await call(pair, dora)).valid).toBe(false);
});

test('a holder is reminded on exactly the days of the setting, once each however often it is looked at, and the end is on record', async () => {
  const expiresOn = await dayFromNow(40);
  const pair = await keyInUse(keygrant, { expiresOn });
  // Its last day is over 40 to 41 days from now.
  await environment.sleep('9d');
  expect(await mailsAbout(pair)).toEqual([]);
  await environment.sleep('2d');
  expect(await mailed(pair, 1)).toEqual(['expiry-reminder']);
  const handle = keygrant.client.workflow.getHandle(`key/${pair.id}`);
  // Looked at once more, and as many at a time.
  for (let times = 0; times < 5; times += 1) await handle.signal('wake');
  await environment.sleep('22d');
  expect(await mailsAbout(pair)).toEqual(['expiry-reminder']);
  await environment.sleep('2d');
  // Newest first.
  expect((await recorded(pair, 'key.expiring')).map(({ threshold }) => threshold)).toEqual([
    7 * 86_400_000,
    30 * 86_400_000,
  ]);
  expect(await handle.result()).toBe('expired');
  expect(await mailsAbout(pair)).toEqual(['expiry-reminder', 'expiry-reminder', 'expiry-reminder']);
  expect(await recorded(pair, 'key.expired')).toHaveLength(1);
  const [mail] = (await keygrant.mailbox.messages()).filter(({ subject }) => subject.includes('Expires in'));
  expect(mail?.text).toContain(`/keys/${pair.id}/renew`);
  expect(mail?.text).toContain(expiresOn);
  expect(mail?.text).not.toContain(pair.secretKey);
});

test('a renewal is an update through the same review: it revives an expired key, and moves the reminders', async () => {
  const pair = await keyInUse(keygrant, { expiresOn: await dayFromNow(-3) });
  const handle = keygrant.client.workflow.getHandle(`key/${pair.id}`);
  expect(await handle.result()).toBe('expired');
  const update = { kind: 'update', keyId: pair.id, expiresOn: await dayFromNow(20), description: 'Longer.' };
  const { id } = (await ada.post('/v1/applications', update)).body;
  await ada.post(`/v1/applications/${id}/submission`);
  for (const reviewer of ['ben', 'cleo']) await decide(keygrant, reviewer, id);
  await eventually(async () => (await handle.describe()).status.name === 'RUNNING' || undefined);
  await environment.sleep('10d');
  expect(await mailsAbout(pair)).toEqual([]);
  await environment.sleep('5d');
  expect(await mailed(pair, 1)).toEqual(['expiry-reminder']);
  // Of the reminder 30 days before, which was past when it was renewed, there is nothing to say.
  expect((await recorded(pair, 'key.expiring')).map(({ threshold }) => threshold)).toEqual([7 * 86_400_000]);
});
