import { expect, test } from 'vitest';
import { createVersions } from '../../src/temporal/versions.ts';
import { decide, submit } from '../support/applications.ts';
import { bundleWithStep } from '../support/builds.ts';
import { runCommand } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';

// A release that changes the workflow, rolled out while applications are open: builds that really differ, on the real
// server, told apart by Temporal's worker deployments.
const smtp = await openSmtpGate();
const keygrant = await startKeygrant({
  worker: false,
  env: { SMTP_URL: smtp.url, DELIVERY_DELAY: '0s' },
});
smtp.leadTo(keygrant.mailbox);
const [careful, careless] = await Promise.all([
  bundleWithStep(
    "    if (temporal.patched('look around')) await temporal.sleep('100 ms', { summary: 'Look around' });",
  ),
  bundleWithStep("    await temporal.sleep('100 ms', { summary: 'Look around' });"),
]);

const look = async (id: string) => (await keygrant.as('dora').get(`/v1/applications/${id}`)).body;
const reach = (id: string, state: string) =>
  eventually(async () => ((await look(id)).state === state ? true : undefined), 30_000);
async function eventsOf(id: string) {
  return (await keygrant.client.workflow.getHandle(id).fetchHistory()).events ?? [];
}
/** The builds whose workers have carried an application, in order. */
async function buildsOf(id: string): Promise<unknown[]> {
  const builds = (await eventsOf(id)).flatMap(({ workflowTaskCompletedEventAttributes: done }) =>
    done ? [done.deploymentVersion?.buildId ?? done.workerDeploymentVersion] : [],
  );
  return builds.filter((build, at) => build !== builds[at - 1]);
}
const timersOf = async (id: string) =>
  (await eventsOf(id)).filter(({ timerStartedEventAttributes: timer }) => timer).length;
/** Resolves when Temporal knows the workers of a build. */
const asked = (build: string) =>
  eventually(async () => {
    const { client, config } = keygrant;
    const known = await createVersions(client, config.temporal.deploymentName)
      .list()
      .catch(() => []);
    return known.some(({ buildId }) => buildId === build) || undefined;
  }, 30_000);
async function command(...words: string[]): Promise<string> {
  const { code, words: said, errors } = await runCommand(keygrant, 'worker', ...words);
  expect([code, errors]).toEqual([0, '']);
  return said;
}
/** Approves and sees it recorded, which takes a while where a worker has just gone. */
async function approve(id: string, ...reviewers: string[]): Promise<void> {
  for (const reviewer of reviewers) {
    const { level } = await look(id);
    expect((await decide(keygrant, reviewer, id)).status).toBeLessThanOrEqual(202);
    await eventually(async () => (await look(id)).level !== level || undefined, 30_000);
  }
}

test('open applications go over to the new build when it is made current, and the old one can be stopped at once', async () => {
  const early = await runCommand(keygrant, 'worker', 'current', '1');
  expect([early.code, early.errors]).toEqual([2, expect.stringContaining('must be running')]);
  await keygrant.startWorker({ buildId: '1' });
  await asked('1');
  await command('current', '1');

  const atLevel1 = await submit(keygrant);
  const atLevel2 = await submit(keygrant);
  await approve(atLevel2.id, 'ben');
  await keygrant.startWorker({ buildId: '2', workflows: careful });
  await asked('2');
  const between = await submit(keygrant);
  await approve(between.id, 'ben');
  expect(await buildsOf(between.id)).toEqual(['1']);

  smtp.set({ arriving: async () => '451 4.3.0 come again' });
  const waitingForMail = await submit(keygrant);
  await approve(waitingForMail.id, 'ben', 'cleo');
  await eventually(async () => {
    const { raw } = await keygrant.client.workflow.getHandle(waitingForMail.id).describe();
    return raw.pendingActivities?.some(({ lastFailure }) => lastFailure) || undefined;
  });

  await command('current', '2');
  await keygrant.stopWorker('1');
  smtp.set({});
  await approve(atLevel1.id, 'ben', 'cleo');
  await approve(atLevel2.id, 'cleo');
  await approve(between.id, 'cleo');
  const all = [atLevel1, atLevel2, waitingForMail, between];
  await Promise.all(all.map(({ id }) => reach(id, 'delivered')));

  // Each went over once and for good; what had been issued before did not look around, all others did.
  for (const { id } of all) {
    expect(await buildsOf(id)).toEqual(['1', '2']);
    expect(await timersOf(id)).toBe(id === waitingForMail.id ? 0 : 1);
  }
  const stuck = `TaskQueue = '${keygrant.config.temporal.taskQueue}' AND ExecutionStatus != 'Completed' AND WorkflowType = 'application'`;
  expect((await keygrant.client.workflow.count(stuck)).count).toBe(0);
}, 120_000);

test('a build that cannot go on with what older ones have begun is taken back, and nothing has come of it', async () => {
  const { id } = await submit(keygrant);
  smtp.set({ arriving: async () => '451 4.3.0 come again' });
  await approve(id, 'ben', 'cleo');
  await reach(id, 'issued');
  await keygrant.startWorker({ buildId: '3', workflows: careless });
  await asked('3');
  // Tried on a share of the applications first, it would have shown only for those that were far enough.
  await command('ramp', '3', '50');
  expect(await command('versions')).toMatch(/^3: 50 %.*\n2: 50 %/);
  const both = [];
  for (let at = 0; at < 12; at++) both.push(await submit(keygrant));
  const shared = await Promise.all(both.map(({ id }) => buildsOf(id)));
  expect(new Set(shared.flat())).toEqual(new Set(['2', '3']));

  await command('current', '3');
  expect((await keygrant.as('ada').post(`/v1/applications/${id}/hold`, { comment: 'Wait.' })).status).toBe(
    202,
  );
  await eventually(
    async () =>
      (await eventsOf(id)).some(({ workflowTaskFailedEventAttributes: failed }) => failed) || undefined,
    30_000,
  );

  await command('current', '2');
  await keygrant.stopWorker('3');
  // Temporal waits longer before each try of a task that failed; how many there were depends on the machine. A hold that comes
  // to its turn during an attempt to mail is too late, and asked for again.
  await eventually(async () => {
    const { heldBy } = await look(id);
    if (!heldBy) await keygrant.as('ada').post(`/v1/applications/${id}/hold`, { comment: 'Wait.' });
    return heldBy ?? undefined;
  }, 300_000);
  smtp.set({});
  expect((await keygrant.as('ada').post(`/v1/applications/${id}/release`, { comment: 'Go.' })).status).toBe(
    200,
  );
  await reach(id, 'delivered');
}, 480_000);
