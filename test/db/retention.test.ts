import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { appendAudit, verifyChain } from '../../src/db/audit.ts';
import { erase, findErasable } from '../../src/db/retention.ts';
import { retentionCutoff } from '../../src/domain/retention.ts';
import { keepSchedules, retentionSchedule } from '../../src/temporal/schedules.ts';
import { everyRow } from '../http/rows.ts';
import type { Api } from '../support/api.ts';
import { decide, draft } from '../support/applications.ts';
import { runHere } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { tableTexts } from '../support/secrets.ts';
import { rechain, tampering, unguarded } from './tampering.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s', RETENTION_YEARS: '3' } });
const owner = postgres(keygrant.ownerUrl, { max: 1, onnotice: () => {} });
const { taskQueue } = keygrant.config.temporal;
const { regular } = keygrant.config;
afterAll(async () => {
  await keepSchedules(keygrant.client, taskQueue, { checkpointHours: 0, retentionYears: undefined });
  await owner.end();
});
const [zoe, ada, dora] = ['zoe', 'ada', 'dora'].map((who) => keygrant.as(who)) as [Api, Api, Api];

/** What the people and texts of old things are called here, so that every trace of one is found. */
const gone = 'vanishing';
await dora.post('/v1/people', {
  id: 'zoe',
  name: `Zoe ${gone}`,
  email: `zoe@${gone}.example`,
  roles: ['applicant'],
});
await dora.post('/v1/clients', { id: 'oldco', name: 'Old Company', emails: [`it@${gone}.example`] });

let sent = 0;
async function apply(who: Api, change: Record<string, unknown>) {
  const key = { 'idempotency-key': `${who === zoe ? gone : 'lasting'}-${sent++}` };
  const created = await who.post('/v1/applications', draft(change), key);
  expect(created.status).toBe(201);
  await who.post(`/v1/applications/${created.body.id}/submission`);
  return created.body.id as string;
}
const inState = (who: Api, id: string, state: string) =>
  eventually(async () => (await who.get(`/v1/applications/${id}`)).body.state === state || undefined);
/** Mails leave by themselves, and what they change is not to be aged by halves, nor compared. */
const mailsAtRest = () =>
  eventually(async () => {
    const [open] = await owner`select count(*)::int from mail_attempts where ended_at is null`;
    const [queued] = await owner`select count(*)::int from mails where state in ('queued', 'sending')`;
    return open?.['count'] + queued?.['count'] === 0 || undefined;
  });
async function deliver(who: Api, change: Record<string, unknown>, comment: string) {
  const id = await apply(who, change);
  for (const reviewer of ['ben', 'cleo']) await decide(keygrant, reviewer, id, 'approve', comment);
  await inState(who, id, 'delivered');
  return id;
}

const oldText = { keyName: `Key ${gone}`, description: `For ${gone}`, clientId: 'oldco' };
const ended = await deliver(zoe, oldText, `Fine, ${gone}`);
const { key } = (await zoe.get(`/v1/applications/${ended}`)).body;
const revoked = (
  await zoe.post('/v1/applications', { kind: 'revoke', keyId: key.id, description: `No more ${gone}` })
).body.id as string;
const rejected = await apply(zoe, oldText);
await keygrant.client.workflow.getHandle(rejected).signal('decide', {
  id: `dec ${gone}`,
  applicationId: rejected,
  personId: `somebody ${gone}`,
  via: null,
  level: 1,
  act: 'deny',
  comment: `I am ${gone}`,
  digest: 'x',
  requestId: 'x',
  signature: '1.x',
});
await decide(keygrant, 'ben', rejected, 'deny', `No, ${gone}`);
await inState(zoe, rejected, 'rejected');
const abandoned = (await zoe.post('/v1/applications', draft(oldText))).body.id as string;
const deleted = (await zoe.post('/v1/applications', draft(oldText))).body.id as string;
await zoe.call('DELETE', `/v1/applications/${deleted}`, undefined, { 'if-match': '"1"' });
const live = await deliver(ada, { keyName: 'Key lasting', description: 'For lasting' }, 'Fine, lasting');
await dora.post('/v1/delegations', {
  delegatorId: 'zoe',
  deputyId: 'ben',
  reason: `Zoe is ${gone}`,
  endsAt: new Date(Date.now() + 3_600_000).toISOString(),
});
await dora.patch('/v1/people/zoe', { enabled: false });
await dora.patch('/v1/clients/oldco', { enabled: false });
const digests = await owner`select digest from applications where id in (${ended}, ${rejected})`;
await mailsAtRest();

/** Everything that has happened so far happened four years earlier; the keys that are to have ended have ended since. */
await unguarded(owner, async () => {
  const columns = await owner`
    select format('%I', table_name) as name, format('%I', column_name) as moment from information_schema.columns
    where table_schema = 'public' and data_type = 'timestamp with time zone'`;
  for (const { name, moment } of columns)
    await owner.unsafe(`update ${name} set ${moment} = ${moment} - interval '4 years'`);
  await owner`update keys set effective_on = '2020-01-01', expires_on = ${retentionCutoff(new Date(), 3).toISOString().slice(0, 10)}::date - 1
    where application_id = ${ended}`;
  await rechain(owner);
});
const young = await apply(ada, { keyName: 'Key lasting too' });
await ada.post(`/v1/applications/${young}/withdrawal`, { comment: 'Better not, lasting' });
await inState(ada, young, 'withdrawn');
await mailsAtRest();

/** Where a text lies, over every column of every table. */
async function tracesOf(text: string) {
  const tables = Object.entries(await tableTexts(keygrant));
  return tables.flatMap(([name, rows]) =>
    rows
      .split('\n')
      .filter((row) => row.includes(text))
      .map((row) => `${name}: ${row.slice(0, 200)}`),
  );
}
const kept =
  () => owner`select a::text, (select json_agg(d order by signal) from decisions d where d.application_id = a.id)::text as decided,
  (select json_agg(m order by m.id) from mails m where m.application_id = a.id)::text as mailed,
  (select json_agg(t order by seq) from audit t where t.subject_id = a.id)::text as trail
  from applications a where id in (${live}, ${young}) order by id`;

test('a dry run lists what would go and why, and changes nothing; without the setting nothing would', async () => {
  const before = await everyRow(keygrant.db);
  const dry = await runHere(keygrant, 'retention', '--dry-run');
  expect([dry.code, dry.errors]).toEqual([0, '']);
  for (const [id, why] of [
    [ended, 'delivered'],
    [rejected, 'rejected'],
    [abandoned, 'draft'],
    [revoked, 'draft'],
    [deleted, 'a deleted draft'],
  ])
    expect(dry.words).toContain(`application ${id}: ${why}, untouched since `);
  for (const id of [live, young]) expect(dry.words).not.toContain(id);
  const off = await runHere({ env: { ...keygrant.env, RETENTION_YEARS: '' } }, 'retention');
  expect([off.code, off.words]).toEqual([0, 'Nothing is ever erased: RETENTION_YEARS is not set.\n']);
  const longer = await runHere({ env: { ...keygrant.env, RETENTION_YEARS: '5' } }, 'retention', '--dry-run');
  expect(longer.words).toMatch(/^What is personal in these 0 would/);
  expect(await everyRow(keygrant.db)).toEqual(before);
});

test('what is personal and old is erased from every table, what is younger or opens something stays, and the chain still holds', async () => {
  const before = await verifyChain(keygrant.db);
  expect(before).toMatchObject({ intact: true, erased: 0 });
  expect((await tracesOf(gone)).length).toBeGreaterThan(20);
  const untouched = await kept();
  const rows = await owner`select seq, hash from audit order by seq`;

  await keepSchedules(keygrant.client, taskQueue, regular);
  const schedule = keygrant.client.schedule.getHandle(retentionSchedule(taskQueue));
  const run = async () => {
    const { numActionsTaken } = (await schedule.describe()).info;
    await schedule.trigger();
    const workflow = await eventually(async () => {
      const { info } = await schedule.describe();
      return info.numActionsTaken > numActionsTaken
        ? info.recentActions.at(-1)?.action.workflow.workflowId
        : undefined;
    });
    return keygrant.client.workflow.getHandle(workflow).result();
  };
  // Five applications, then the client and the person whom nothing names any more.
  expect(await run()).toBe(7);
  expect(await tracesOf(gone)).toEqual([]);
  for (const { digest } of digests) expect(await tracesOf(digest)).toEqual([]);
  expect(await kept()).toEqual(untouched);

  const after = await verifyChain(keygrant.db);
  // A row for each, and one for the key that goes with its application.
  expect(after).toMatchObject({ intact: true, rows: rows.length + 8 });
  expect(after.intact && after.erased).toBeGreaterThan(10);
  expect(await owner`select seq, hash from audit order by seq limit ${rows.length}`).toEqual(rows);
  const proof = await runHere(keygrant, 'audit', 'verify');
  expect([proof.code, proof.words]).toEqual([
    0,
    expect.stringMatching(/What was personal in \d+ of them has been erased/),
  ]);

  expect(await run()).toBe(0);
  expect(await verifyChain(keygrant.db)).toEqual(after);
  await keepSchedules(keygrant.client, taskQueue, { checkpointHours: 0, retentionYears: undefined });
});

test('of an erased application its page still says who decided what and when, and that it was erased', async () => {
  const { status, body } = await dora.get(`/v1/applications/${ended}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    keyName: null,
    description: null,
    digest: null,
    state: 'delivered',
    applicant: { id: 'zoe', name: 'zoe' },
  });
  expect(Math.abs(Date.parse(body.erasedAt) - Date.now())).toBeLessThan(600_000);
  const words = body.timeline.map((entry: { words: string }) => entry.words);
  expect(words).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Approved at level 1 of 2 \(API owner\)/),
      'Key issued',
      'Personal data erased: it ended more than 3 years ago',
    ]),
  );
  const [row] = (await dora.get(`/v1/history?q=${ended}`)).body.items;
  expect(row).toMatchObject({
    erasedAt: body.erasedAt,
    acts: [{ by: { id: 'ben' }, comment: null }, { by: { id: 'cleo' } }],
  });
  expect((await dora.get('/v1/history.csv?clientId=oldco')).body).toContain(ended);
  const audit = (await dora.get(`/v1/audit?subjectId=${rejected}`)).body.items;
  expect(audit.map(({ action, erased }: Record<string, unknown>) => [action, erased])).toEqual(
    expect.arrayContaining([
      ['application.erased', false],
      ['application.denied', true],
      ['application.submitted', true],
    ]),
  );
});

test("the service cannot erase what is young, nor anything that no row tells of, and nobody's tampering passes for an erasure", async () => {
  const service = postgres(keygrant.config.databaseUrl, { max: 1, onnotice: () => {} });
  const before = await everyRow(keygrant.db);
  await service`select erase_personal('application', ${young})`;
  await service`select erase_personal('application', ${live})`;
  expect(await everyRow(keygrant.db)).toEqual(before);
  const told = keygrant.db.transaction(async (tx) => {
    const subject = { type: 'application', id: young };
    await appendAudit(tx, {
      action: 'application.erased',
      actor: 'x',
      via: null,
      subject,
      requestId: null,
      details: {},
    });
    await tx.execute(`select erase_personal('application', '${young}')`);
  });
  await expect(told).rejects.toMatchObject({
    cause: { message: expect.stringContaining('only after a year') },
  });
  expect(await erase(keygrant.db, { type: 'application', id: young, why: '' }, 3, new Date())).toBe(false);
  expect(await everyRow(keygrant.db)).toEqual(before);
  await service.end();

  const [own] =
    await owner`select seq from audit where subject_id = ${live} and personal is not null limit 1`;
  await expect(
    owner`update audit set personal = null, salt = null where seq = ${own?.['seq']}`,
  ).rejects.toThrow('only where a later row tells of it');
  await tampering(keygrant.db, owner)(
    (sql) => sql`update audit set personal = null, salt = null where seq = ${own?.['seq']}`,
    async () =>
      expect(await verifyChain(keygrant.db)).toEqual({
        intact: false,
        brokenAt: Number(own?.['seq']),
        why: 'its personal part is gone, though no row tells of an erasure',
      }),
  );
  const [emptied] =
    await owner`select seq from audit where subject_id = ${ended} and commitment is not null limit 1`;
  await tampering(keygrant.db, owner)(
    (sql) =>
      sql`update audit set personal = '{"comment":"Never said"}', salt = 'a' where seq = ${emptied?.['seq']}`,
    async () =>
      expect(await verifyChain(keygrant.db)).toMatchObject({
        intact: false,
        brokenAt: Number(emptied?.['seq']),
      }),
  );
});

test('who comes back is registered anew, and a draft that is taken up again is a draft as any other', async () => {
  expect(await findErasable(keygrant.db, 3, new Date(), 10)).toEqual([]);
  await dora.patch('/v1/people/zoe', { name: 'Zoe', email: 'zoe@example.com', enabled: true });
  const before = (await zoe.get(`/v1/applications/${abandoned}`)).body;
  expect(before).toMatchObject({ state: 'draft', keyName: null, erasedAt: expect.any(String) });
  const edited = await zoe.patch(`/v1/applications/${abandoned}`, { keyName: 'Again' });
  expect(edited.body).toMatchObject({ keyName: 'Again', erasedAt: null });
});
