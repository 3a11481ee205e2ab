import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { freePort } from '../../src/stack/ports.ts';
import { decide, draft, submit } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { holdLocks, holdPassers } from '../support/holds.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { layLink } from '../support/link.ts';
import { startProcesses } from '../support/processes.ts';
import { openSmtpGate } from '../support/smtp-gate.ts';

// A deploy, as the processes see it: SIGTERM while something is under way. And what health checks are told meanwhile.
const smtp = await openSmtpGate();
const keygrant = await startKeygrant({ worker: false, env: { SMTP_URL: smtp.url, DELIVERY_DELAY: '0s' } });
smtp.leadTo(keygrant.mailbox);
const link = await layLink(keygrant.environment.address);
const health = `127.0.0.1:${await freePort()}`;
const processes = await startProcesses(keygrant);
// Every worker is started by its test.
await processes.kill();
const worker = (env: Record<string, string> = {}) =>
  processes.startWorker({ WORKER_HEALTH_ADDRESS: health, ...env });

async function readiness(base: string) {
  const response = await fetch(`${base}/readyz`).catch(() => undefined);
  return response && [response.status, (await response.json()) as { why?: string; stopping?: boolean }];
}
/** Resolves with what it says once it answers with that status. */
const says = (base: string, status: number) =>
  eventually(async () => {
    const [is, body] = (await readiness(base)) ?? [];
    return is === status ? body : undefined;
  }, 40_000);
const ended = async (child: ChildProcess) => (await once(child, 'exit')) as [number | null, string | null];

test('a worker that is stopped says so at once, finishes the mail that is on its way, and nobody sends it again', async () => {
  const stopping = worker();
  await says(`http://${health}`, 200);
  const held = holdPassers();
  smtp.set({
    arriving: async ({ to }) =>
      to.includes('api@acme.example') ? (await held.pass(), undefined) : undefined,
  });
  const { id } = await submit(keygrant);
  for (const reviewer of ['ben', 'cleo']) expect((await decide(keygrant, reviewer, id)).status).toBe(200);
  await held.arrived;

  stopping.kill('SIGTERM');
  const end = ended(stopping);
  expect(await says(`http://${health}`, 503)).toEqual({
    ready: false,
    why: expect.stringMatching(/^the worker is (?:stopping|draining)/),
  });
  expect((await fetch(`http://${health}/healthz`)).status).toBe(200);
  held.release();
  expect(await end).toEqual([0, null]);
  worker();
  await eventually(
    async () =>
      (await keygrant.as('ada').get(`/v1/applications/${id}`)).body.state === 'delivered' || undefined,
    40_000,
  );
  const mails = (await keygrant.mailbox.messages()).filter(({ to }) => to.includes('api@acme.example'));
  expect(mails).toHaveLength(1);
});

test('a worker that cannot ask Temporal for work is not ready, and is again when it can', async () => {
  const other = `127.0.0.1:${await freePort()}`;
  worker({ WORKER_HEALTH_ADDRESS: other, TEMPORAL_ADDRESS: link.address });
  await says(`http://${other}`, 200);
  link.unplug();
  expect(await says(`http://${other}`, 503)).toEqual({ ready: false, why: 'Temporal does not answer' });
  expect((await fetch(`http://${other}/healthz`)).status).toBe(200);
  link.plug();
  await says(`http://${other}`, 200);
});

test('an API that is stopped first says so and goes on answering, then answers what it has begun, and ends', async () => {
  const api = processes.startServer({ DRAIN_TIME: '2s' });
  await says(processes.baseUrl, 200);
  const ada = processes.as('ada');
  const { id } = (await ada.post('/v1/applications', draft())).body;
  const locks = await holdLocks(keygrant, `select from applications where id = '${id}' for update`);
  const editing = ada.patch(`/v1/applications/${id}`, { quota: 7 }, 1);
  await locks.arrivals(1);

  api.kill('SIGTERM');
  const end = ended(api);
  expect(await says(processes.baseUrl, 503)).toMatchObject({ ready: false, stopping: true });
  expect((await ada.get(`/v1/applications/${id}`)).status).toBe(200);
  await eventually(async () => ((await readiness(processes.baseUrl)) ? undefined : true));
  await locks.release();
  expect((await editing).body).toMatchObject({ quota: 7 });
  expect(await end).toEqual([0, null]);
});
