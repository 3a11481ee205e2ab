import { expect, test } from 'vitest';
import { verifyChain } from '../../src/db/audit.ts';
import type { Answer } from '../support/api.ts';
import { draft } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { holdLocks, holdPassers } from '../support/holds.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { layLink } from '../support/link.ts';
import { startProcesses } from '../support/processes.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';

// API and worker are killed in every step at once: one application stands in each. Locks, SMTP and the cable to Temporal
// are held so that each step is caught where it is meant to be, whatever the machine's speed.
const smtp = await openSmtpGate();
const keygrant = await startKeygrant({ worker: false, env: { SMTP_URL: smtp.url, DELIVERY_DELAY: '3s' } });
smtp.leadTo(keygrant.mailbox);
const link = await layLink(keygrant.environment.address);
const processes = await startProcesses(keygrant, { TEMPORAL_ADDRESS: link.address });
const as = (person: string) => processes.as(person);

const toAcme = 'api@acme.example';
const toGlobex = 'ops@globex.example';
const path = (id: string) => `/v1/applications/${id}`;

async function look(id: string) {
  return (await as('ada').get(path(id))).body;
}

async function write(clientId: string): Promise<string> {
  return (await as('ada').post('/v1/applications', draft({ clientId }))).body.id;
}

/** What the next person has to do, with the same key each time they try. */
async function step(id: string): Promise<void> {
  const { state, level, digest } = await look(id);
  const expectTaken = ({ status }: Answer) => expect([200, 202, 409]).toContain(status);
  if (state === 'draft') expectTaken(await as('ada').post(`${path(id)}/submission`));
  if (state !== 'pending') return;
  const decision = { verdict: 'approve', level, digest };
  const key = { 'idempotency-key': `level-${level}` };
  expectTaken(await as(level === 1 ? 'ben' : 'cleo').post(`${path(id)}/decisions`, decision, key));
}

/** Does people's part, again and again where it fails, until the application stands there. */
async function advance(id: string, state: string, level: number | null = null): Promise<string> {
  await eventually(async () => {
    const seen = await look(id);
    if (seen.state === state && seen.level === level) return true;
    await step(id);
    return undefined;
  }, 60_000);
  return id;
}

/** Everything that must hold of an application at its end, whatever happened on the way. */
async function expectOneOfEverything(id: string, copies: number): Promise<void> {
  expect(await keygrant.client.workflow.getHandle(id).result()).toBe('delivered');
  const { timeline, levels, key, mails } = await look(id);
  expect(levels.map((level: { status: string }) => level.status)).toEqual(['approved', 'approved']);
  const keys = (await as('dora').get('/v1/keys?limit=100')).body.items;
  expect(keys.filter(({ applicationId }: { applicationId: string }) => applicationId === id)).toEqual([
    expect.objectContaining(key),
  ]);
  const told = timeline.map(({ words }: { words: string }) => words);
  expect(told.filter((words: string) => !words.startsWith('Mail sent (request to review)'))).toEqual([
    'Draft saved',
    'Submitted for review',
    'Approved at level 1 of 2 (API owner)',
    'Approved at level 2 of 2 (Security)',
    'Key issued',
    expect.stringMatching(/^Mail sent \(credentials\)/),
  ]);
  const received = (await keygrant.mailbox.messages()).filter(
    ({ subject, text }) => subject.includes('Authorization Result') && text.includes(id),
  );
  const [credentials] = mails.filter(({ kind }: { kind: string }) => kind === 'credentials');
  expect(received.map(({ messageId }) => messageId)).toEqual(Array(copies).fill(credentials.messageId));
}

test('killed between the steps and in the middle of each, API and worker take up every application where it stood', async () => {
  const [unsent, untold] = [holdPassers(), holdPassers()];
  const arriving = await advance(await write('acme'), 'pending', 2);
  const taken = await advance(await write('globex'), 'pending', 2);
  smtp.set({
    arriving: async ({ to }) => (to.includes(toAcme) ? (await unsent.pass(), undefined) : undefined),
    taken: async ({ to }) => (to.includes(toGlobex) ? untold.pass() : undefined),
  });
  await Promise.all([advance(arriving, 'issued'), advance(taken, 'issued')]);
  const written = await write('acme');
  const open = await advance(await write('acme'), 'pending', 1);
  const halfway = await advance(await write('acme'), 'pending', 2);
  const opening = await write('acme');
  const deciding = await advance(await write('acme'), 'pending', 1);
  const issuing = await advance(await write('acme'), 'pending', 2);
  await Promise.all([unsent.arrived, untold.arrived]);
  const waiting = await advance(await write('acme'), 'issued');

  const locks = await holdLocks(
    keygrant,
    `select from applications where id in ('${opening}', '${deciding}') for update; lock table keys in share mode`,
  );
  const requests = Promise.allSettled([opening, deciding, issuing].map(step));
  await locks.arrivals(3);
  await processes.kill();
  await requests;
  await locks.release();
  smtp.set({});
  for (const hold of [unsent, untold]) hold.release();
  expect((await keygrant.mailbox.messages()).filter(({ to }) => to.includes(toAcme))).toEqual([]);

  await processes.start();
  const all = [written, opening, open, deciding, halfway, issuing, waiting, arriving, taken];
  await Promise.all(all.map((id) => advance(id, 'delivered')));
  // Only where SMTP had said yes already is the mail there twice.
  for (const id of all) await expectOneOfEverything(id, id === taken ? 2 : 1);
  expect(await verifyChain(keygrant.db)).toMatchObject({ intact: true });
}, 150_000);

test('killed after a step is done but before Temporal is told, the worker does not do it twice', async () => {
  const untold = holdPassers();
  smtp.set({ taken: async ({ to }) => (to.includes(toGlobex) ? untold.pass() : undefined) });
  const sending = await advance(await write('globex'), 'issued');
  const opening = await write('acme');
  const deciding = await advance(await write('acme'), 'pending', 1);
  const approving = await advance(await write('acme'), 'pending', 2);
  const issuing = await advance(await write('acme'), 'pending', 2);
  await untold.arrived;
  const held = [opening, deciding, approving].map((id) => `'${id}'`).join();
  const locks = await holdLocks(
    keygrant,
    `select from applications where id in (${held}) for update; lock table keys in share mode`,
  );
  const requests = Promise.allSettled([opening, deciding, approving, issuing].map(step));
  await locks.arrivals(4);
  link.hold();
  await locks.release();
  untold.release();
  for (const [id, state, level] of [
    [opening, 'pending', 1],
    [deciding, 'pending', 2],
    [approving, 'approved', null],
    [issuing, 'issued', null],
    [sending, 'delivered', null],
  ] as const) {
    await eventually(async () => {
      const seen = await look(id);
      return (seen.state === state && seen.level === level) || undefined;
    });
  }
  await processes.kill();
  link.cut();
  await requests;
  smtp.set({});

  await processes.start();
  const all = [opening, deciding, approving, issuing, sending];
  await Promise.all(all.map((id) => advance(id, 'delivered')));
  for (const id of all) await expectOneOfEverything(id, 1);
  expect(await verifyChain(keygrant.db)).toMatchObject({ intact: true });
}, 150_000);
