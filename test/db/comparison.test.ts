import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { compareWithTemporal } from '../../src/commands/compare.ts';
import { decisionsOffRecord } from '../../src/db/on-record.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { runHere } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';

const keygrant = await startKeygrant({ env: { DELIVERY_DELAY: '0s' } });
const owner = postgres(keygrant.ownerUrl, { max: 1, onnotice: () => {} });
afterAll(() => owner.end());
const ada = keygrant.as('ada');
const { masterKeys, temporal } = keygrant.config;
const compare = async () => {
  const { client, db } = keygrant;
  return compareWithTemporal({ db, client, taskQueue: temporal.taskQueue, masterKeys }, () => {});
};
const inState = (id: string, state: string) =>
  eventually(async () => (await ada.get(`/v1/applications/${id}`)).body.state === state || undefined);
const ended = (id: string) =>
  eventually(async () => {
    const { status } = await keygrant.client.workflow.getHandle(id).describe();
    return status.name === 'RUNNING' ? undefined : status.name;
  });

// One of each way that an application can take.
const delivered = (await submit(keygrant)).id;
await decide(keygrant, 'ben', delivered, 'approve', 'Fine');
await decide(keygrant, 'cleo', delivered);
const rejected = (await submit(keygrant)).id;
await decide(keygrant, 'ben', rejected, 'deny');
const twice = (await submit(keygrant)).id;
await decide(keygrant, 'ben', twice, 'return');
await ended(twice);
await ada.post(`/v1/applications/${twice}/submission`);
await decide(keygrant, 'ben', twice);
const forged = { id: 'dec_x', applicationId: twice, personId: 'cleo', via: null, level: 2, act: 'approve' };
await keygrant.client.workflow
  .getHandle(twice)
  .signal('decide', { ...forged, comment: '', digest: 'x', requestId: 'r', signature: '1.x' });
await keygrant.client.workflow.getHandle(twice).signal('nonsense', 5);
// One whose second level counts an approval of the first, and one that was decided in another's place.
const [dora, ben] = [keygrant.as('dora'), keygrant.as('ben')];
const both = { id: 'both', name: 'Both', email: 'both@example.com', roles: ['api-owner', 'security'] };
const amy = { id: 'amy', name: 'Amy', email: 'amy@example.com', roles: [] };
for (const person of [both, amy]) await dora.post('/v1/people', person);
const { name, levels } = (await dora.get('/v1/flows/default')).body;
await dora.put('/v1/flows/default', { name, levels, repeatedReviewers: 'counted' });
const endsAt = new Date(Date.now() + 86_400_000).toISOString();
await ben.post('/v1/delegations', { deputyId: 'amy', reason: 'Holidays', endsAt });
const counted = (await submit(keygrant)).id;
await decide(keygrant, 'both', counted, 'approve', 'For two');
const deputised = (await submit(keygrant)).id;
await decide(keygrant, 'amy', deputised, 'approve', 'For Ben');
// A submission that is refused, by a workflow that never opened a review, and then deleted.
const deleted = (await ada.post('/v1/applications', draft())).body.id;
const start = (id: string) =>
  keygrant.client.workflow.start('application', {
    workflowId: id,
    taskQueue: temporal.taskQueue,
    args: [{ applicationId: id, revision: 99, submittedBy: 'ada', via: null, requestId: 'r' }],
  });
await (await start(deleted)).result();
const { headers } = await ada.get(`/v1/applications/${deleted}`);
await ada.call('DELETE', `/v1/applications/${deleted}`, undefined, { 'if-match': headers.get('etag') ?? '' });
for (const [id, state] of [
  [delivered, 'delivered'],
  [rejected, 'rejected'],
  [twice, 'pending'],
  [counted, 'delivered'],
  [deputised, 'pending'],
] as const)
  await inState(id, state);
for (const id of [delivered, rejected, counted]) await ended(id);
await eventually(
  async () =>
    (await owner`select 1 from decisions where application_id = ${twice}`).length === 4 || undefined,
);

test('database and histories agree: whatever was decided, refused, forged, returned or deleted', async () => {
  expect(
    await eventually(async () => {
      const report = await compare();
      return report.compared === 6 ? report : undefined;
    }),
  ).toEqual({ compared: 6, differences: [] });
  const proof = await runHere(keygrant, 'audit', 'verify', '--temporal');
  expect([proof.code, proof.errors, proof.words]).toEqual([
    0,
    '',
    expect.stringContaining("It agrees with 6 of Temporal's histories.\n"),
  ]);
});

test('whose voice was given, and an approval that counts at a later level, are as the chain tells them', async () => {
  const rows = await owner`select signal, level, person_id, delegator_id from decisions 
    where application_id in (${counted}, ${deputised}) order by level, person_id`;
  expect(rows.map(({ level, person_id: by, delegator_id: forWhom }) => [level, by, forWhom])).toEqual([
    [1, 'amy', 'ben'],
    [1, 'both', null],
    [2, 'both', null],
  ]);
  expect(await decisionsOffRecord(keygrant.db)).toEqual([]);
  for (const [signal, change] of [
    [rows[0]?.['signal'], "delegator_id = 'emil'"],
    [rows[0]?.['signal'], 'level = 3'],
    [rows[2]?.['signal'], "person_id = 'cleo'"],
    [rows[2]?.['signal'], 'level = 3'],
  ]) {
    await owner`create table kept as table decisions`;
    await owner.unsafe(`update decisions set ${change} where signal = '${signal}'`);
    expect([change, await decisionsOffRecord(keygrant.db)]).toEqual([
      change,
      [expect.stringContaining(signal)],
    ]);
    await owner`delete from decisions`;
    await owner`insert into decisions select * from kept`;
    await owner`drop table kept`;
  }
});

const [approval] = await owner`select * from decisions where application_id = ${delivered} and level = 1`;
const signal = approval?.['signal'];
const [run] = String(signal).split('/');

test.each([
  [
    'a decision that was removed',
    `delete from decisions where signal = '${signal}'`,
    /was recorded as "recorded" once, and its row is gone/,
  ],
  [
    'who decided',
    `update decisions set person_id = 'dora' where signal = '${signal}'`,
    /does not say what was sent/,
  ],
  [
    'what was decided',
    `update decisions set act = 'deny' where signal = '${signal}'`,
    /does not say what was sent/,
  ],
  [
    'why',
    `update decisions set comment = 'Not fine' where signal = '${signal}'`,
    /does not say what was sent/,
  ],
  [
    'what became of it',
    `update decisions set outcome = 'too-late' where signal = '${signal}'`,
    /and its row says "too-late"/,
  ],
  [
    'a refusal made an approval',
    `update decisions set outcome = 'recorded' where application_id = '${twice}' and outcome = 'forged-decision'`,
    /recorded as "forged-decision" once, and its row says "recorded"/,
  ],
  [
    'a decision that nobody sent',
    `insert into decisions (signal, application_id, outcome, decision_id, person_id, act, round) values ('${run}/9', '${delivered}', 'recorded', 'dec_9', 'cleo', 'hold', 1)`,
    /a row for signal .*\/9, which its workflow never received/,
  ],
])('%s is found', async (_, statement, words) => {
  await owner`create table kept as table decisions`;
  await owner.unsafe(statement);
  try {
    const { differences } = await compare();
    expect(differences).toEqual(expect.arrayContaining([expect.stringMatching(words)]));
    // Beyond what Temporal keeps, the chain still tells of whatever was recorded, by whom and why.
    const offRecord = await decisionsOffRecord(keygrant.db);
    expect(offRecord).toHaveLength(1);
  } finally {
    await owner`delete from decisions`;
    await owner`insert into decisions select * from kept`;
    await owner`drop table kept`;
  }
  expect((await compare()).differences).toEqual([]);
});

test('a state that was changed, and a database that was set back, are found', async () => {
  const cases: [string, string, string, RegExp][] = [
    [rejected, "state = 'withdrawn'", "state = 'rejected'", /is withdrawn, and Temporal was told rejected/],
    [
      rejected,
      "state = 'withdrawn', revision = revision + 1",
      "state = 'rejected', revision = revision - 1",
      /is withdrawn, and its workflow ended with it rejected/,
    ],
    [twice, 'level = 1', 'level = 2', /is pending at level 1, and Temporal was told pending at level 2/],
    [
      delivered,
      'revision = revision - 1',
      'revision = revision + 1',
      /was set back, or restored from before/,
    ],
  ];
  for (const [id, change, undo, words] of cases) {
    await owner.unsafe(`update applications set ${change} where id = '${id}'`);
    const { differences } = await compare();
    await owner.unsafe(`update applications set ${undo} where id = '${id}'`);
    expect([change, differences]).toEqual([change, [expect.stringMatching(words)]]);
  }
  expect((await compare()).differences).toEqual([]);
});

test('a decision on its way is no difference; one whose workflow was ended before it was recorded is', async () => {
  await keygrant.stopWorker();
  const answer = await decide(keygrant, 'cleo', twice);
  expect(answer.status).toBe(202);
  expect((await compare()).differences).toEqual([]);
  await keygrant.client.workflow.getHandle(twice).terminate();
  expect((await compare()).differences).toEqual([
    expect.stringMatching(
      /^The decision of cleo to approve app_\w+ reached its workflow, and is not on record\.$/,
    ),
    expect.stringMatching(/is pending, and its workflow has ended \(terminated\): nothing carries it on/),
  ]);
  const proof = await runHere(keygrant, 'audit', 'verify', '--temporal');
  expect([proof.code, proof.words]).toEqual([1, expect.stringContaining('is not on record')]);
  await keygrant.startWorker();
});

test('a workflow without its application is found, and an application without its workflow', async () => {
  const nowhere = 'app_00000000000000000000';
  await (await start(nowhere)).result();
  await owner.unsafe(`
    create temp table copy as table applications;
    delete from copy where id <> '${twice}';
    update copy set id = 'app_11111111111111111111', idempotency_key = null;
    insert into applications select * from copy`);
  const expected = [
    `Temporal has a workflow for ${nowhere}, and there is no such application.`,
    'app_11111111111111111111 is pending, and Temporal has no workflow that carries it on.',
  ];
  await eventually(async () => {
    const { differences } = await compare();
    return expected.every((each) => differences.includes(each)) || undefined;
  });
});
