import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { stuckRecords } from '../../src/commands/stuck-records.ts';
import { stuckWorkflows } from '../../src/commands/stuck-workflows.ts';
import { createExecutions } from '../../src/temporal/executions.ts';
import { queriesAt } from '../../src/temporal/queries.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { runCommand } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';

// Each thing that can be stuck is made to be so, as far as can be by what people and machines do; only the past is invented.
const smtp = await openSmtpGate();
const keygrant = await startKeygrant({
  env: { SMTP_URL: smtp.url, DELIVERY_DELAY: '2s', TEMPORAL_UI_URL: 'http://ui.example' },
});
smtp.leadTo(keygrant.mailbox);
const owner = postgres(keygrant.ownerUrl, { max: 1 });
afterAll(() => owner.end());
const { taskQueue } = keygrant.config.temporal;
const dora = keygrant.as('dora');

/** Everything that is stuck, by application, as it would be some minutes from now. */
async function found(id: string, minutes = 0): Promise<string[]> {
  const now = new Date(Date.now() + minutes * 60_000);
  const executions = createExecutions(keygrant.client, taskQueue);
  const all = [
    ...(await stuckRecords(keygrant.db, 'UTC', now)),
    ...(await stuckWorkflows(keygrant.db, executions, taskQueue, now)),
  ];
  return all.filter((finding) => finding.id === id).map(({ wrong, remedy }) => `${wrong}. ${remedy}`);
}

async function storeFlow(level: Record<string, unknown>): Promise<void> {
  const reviewers = { people: [], roles: ['api-owner'] };
  await dora.put('/v1/flows/default', { name: 'Flow', levels: [{ name: 'Owners', reviewers, ...level }] });
}

/** Applications that a search in Temporal's UI finds; its index follows a moment later. */
async function search(finds: string, id: string): Promise<void> {
  const { filter = '' } = queriesAt(new Date()).find((query) => query.finds.includes(finds)) ?? {};
  await eventually(async () => {
    for await (const { workflowId } of keygrant.client.workflow.list({
      query: `${filter} AND TaskQueue = '${taskQueue}'`,
    })) {
      if (workflowId === id) return true;
    }
    return undefined;
  });
}

test('where all goes on by itself nothing is listed, and the code says so', async () => {
  const { id } = await submit(keygrant);
  await search('waiting for reviewers', id);
  expect(await runCommand(keygrant, 'stuck')).toEqual({ code: 0, words: 'Nothing is stuck.\n', errors: '' });
});

test('levels: overdue with and without a reminder, past their lapse, open for long, and such as nobody can decide', async () => {
  await storeFlow({ remindAfterHours: 24, lapseAfterHours: 72 });
  const { id } = await submit(keygrant);
  // Looked at from hours later, a mail that is only just leaving would seem to have waited for them.
  await eventually(async () => {
    const { body } = await keygrant.as('ada').get(`/v1/applications/${id}`);
    return body.mails[0]?.state === 'sent' || undefined;
  });
  expect(await found(id, 23 * 60)).toEqual([]);
  expect(await found(id, 25 * 60)).toEqual([
    expect.stringMatching(
      /^level 1 \(Owners\) is overdue, and nobody was reminded at .*\. Its workflow does not go on/,
    ),
  ]);
  await owner`insert into mails (id, application_id, kind, round, level, recipients, message_id, state)
    values ('mail_r', ${id}, 'reminder', 1, 1, '{}', '<r>', 'sent')`;
  expect(await found(id, 25 * 60)).toEqual([
    expect.stringMatching(/^level 1 \(Owners\) is overdue since .*; reminded\. Ask Ben Okri to decide\.$/),
  ]);
  expect(await found(id, 73 * 60)).toEqual([
    expect.stringMatching(/^level 1 \(Owners\) is undecided, and should have lapsed at /),
  ]);

  await storeFlow({});
  const patient = await submit(keygrant);
  expect(await found(patient.id, 9 * 24 * 60)).toEqual([
    'level 1 (Owners) is open for 9 days. Ask Ben Okri to decide, and let the flow remind: remindAfterHours.',
  ]);
  await dora.patch('/v1/people/ben', { enabled: false });
  expect(await found(patient.id)).toEqual([
    expect.stringMatching(
      /^nobody can decide level 1 \(Owners\) now\. Enable one of its reviewers again.*api-owner/,
    ),
  ]);
  await dora.patch('/v1/people/ben', { enabled: true });
});

test('mails: tried in vain with the server’s last answer, and held back by somebody', async () => {
  smtp.set({
    recipient: (address) => (address === 'ada@example.com' ? '550 5.1.1 no such user' : undefined),
  });
  const { id } = await submit(keygrant);
  await decide(keygrant, 'ben', id);
  await eventually(async () => {
    const [attempt] = await owner`select * from mail_attempts a join mails m on m.id = a.mail_id
      where m.application_id = ${id} and m.kind = 'credentials' and a.ended_at is not null`;
    return attempt;
  });
  await search('waiting for mail', id);
  const failure = await eventually(async () => {
    const execution = await createExecutions(keygrant.client, taskQueue).find(id);
    return execution?.activities.find((activity) => activity.failure)?.failure;
  });
  expect(failure).toBe(
    'SMTP did not take the mail: 550 5.1.1 no such user. The server knows no such address: correct that of the person or ' +
      'the client. It is tried again by itself.',
  );
  expect(await found(id)).toEqual([]);
  // The next tries would be minutes away.
  await owner`update mails set attempts = 3 where application_id = ${id} and kind = 'credentials'`;
  expect(await found(id)).toEqual([
    expect.stringMatching(
      /^the credentials mail was tried 3 times since .* and is not sent; the server's last answer: 550 5\.1\.1 no such user\. The server knows no such address/,
    ),
  ]);

  smtp.set({});

  const held = await submit(keygrant);
  await decide(keygrant, 'ben', held.id);
  await eventually(async () => {
    const hold = await keygrant.as('ada').post(`/v1/applications/${held.id}/hold`, { comment: '' });
    return hold.status === 200 || undefined;
  });
  expect(await found(held.id)).toEqual([
    expect.stringMatching(
      /^the mail with the credentials is held back by ada\. It waits until somebody releases/,
    ),
  ]);
  await search('held back', held.id);
});

test('workflows: terminated, waiting for a worker, and failing in their own code', async () => {
  const { id } = await submit(keygrant);
  await keygrant.client.workflow.getHandle(id).terminate();
  await search('ended otherwise', id);
  await owner`update applications set state_since = state_since - interval '5 minutes' where id = ${id}`;
  expect(await found(id)).toEqual([
    expect.stringMatching(/^it is pending, but no workflow carries it: it was terminated\. Reset it/),
  ]);

  await keygrant.client.workflow.start('of-another-version', { workflowId: `broken-${id}`, taskQueue });
  await eventually(async () => {
    const words = await found(`broken-${id}`);
    return (
      words.some((each) => /fails in its own code, \d+ times so far: .*of-another-version/.test(each)) ||
      undefined
    );
  });
  await keygrant.client.workflow.getHandle(`broken-${id}`).terminate();

  await keygrant.stopWorker();
  const created = await keygrant.as('ada').post('/v1/applications', draft());
  const accepted = await keygrant.as('ada').post(`/v1/applications/${created.body.id}/submission`);
  expect(accepted.status).toBe(202);
  await search('not open for review', created.body.id);
  expect(await found(created.body.id, 2)).toEqual([
    expect.stringMatching(
      /^no worker takes what it has to do from the task queue test-.*\. Start the worker/,
    ),
    expect.stringMatching(/^it was submitted, but its review is not open\./),
  ]);
  await keygrant.startWorker();
  await eventually(async () => (await found(created.body.id, 2)).length === 0 || undefined);
});

test('activities that fail again and again are told of with what they say, and every line names what to do', async () => {
  const { id } = await submit(keygrant);
  await owner`revoke insert on decisions from keygrant_test, keygrant_service`;
  const decided = await decide(keygrant, 'ben', id);
  expect(decided.status).toBe(202);
  const [words] = await eventually(async () => {
    const all = await found(id);
    return all.length > 0 ? all : undefined;
  }, 30_000);
  expect(words).toMatch(
    /^its activity recordSignal is at attempt 4; the last failure: recordSignal failed: the tables are not those of this version \(42501\)\. Run `npm run migrate`/,
  );
  const listed = await runCommand(keygrant, 'stuck');
  expect([listed.code, listed.errors]).toEqual([1, '']);
  expect(listed.words).toContain(`${id}: its activity recordSignal`);
  await owner`grant insert on decisions to keygrant_service`;
  await eventually(async () => (await found(id)).length === 0 || undefined, 30_000);
});

test('every search that `queries` prints is one that Temporal takes, with its link', async () => {
  const { code, words } = await runCommand(keygrant, 'queries');
  expect(code).toBe(0);
  const { serverVersion } = await keygrant.client.workflowService.getSystemInfo({});
  const older = Number(serverVersion?.split('.')[1]) < 30;
  for (const { filter } of queriesAt(new Date())) {
    if (older && filter.includes('TemporalReportedProblems')) continue;
    await keygrant.client.workflow.count(filter);
  }
  const links = words
    .split('\n')
    .filter((line) => line.startsWith('  http://ui.example/namespaces/default/workflows?query='));
  expect(links).toHaveLength(queriesAt(new Date()).length);
  expect(new URL(links[0]?.trim() ?? '').searchParams.get('query')).toBe(queriesAt(new Date())[0]?.filter);
});

test('where PostgreSQL or Temporal does not answer, what the other knows is listed all the same', async () => {
  const deaf = { ...keygrant.env, TEMPORAL_ADDRESS: '127.0.0.1:1' };
  const withoutTemporal = await runCommand({ env: deaf }, 'stuck');
  expect([withoutTemporal.code, withoutTemporal.errors]).toEqual([2, expect.stringContaining('127.0.0.1:1')]);
  const url = new URL(keygrant.env['DATABASE_URL'] ?? '');
  url.port = '1';
  const withoutDatabase = await runCommand({ env: { ...keygrant.env, DATABASE_URL: url.href } }, 'stuck');
  expect([withoutDatabase.code, withoutDatabase.errors]).toEqual([
    2,
    expect.stringContaining('DATABASE_URL'),
  ]);
});
