import { readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { createApiMetrics } from '../../src/metrics/api.ts';
import { freePort } from '../../src/stack/ports.ts';
import { draft } from '../support/applications.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { startProcesses } from '../support/processes.ts';

// API and worker as the processes that they are: each has its metrics to itself.
const ports = { METRICS_ADDRESS: await freePort(), WORKER_METRICS_ADDRESS: await freePort() };
const keygrant = await startKeygrant({
  worker: false,
  env: Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `127.0.0.1:${port}`])),
});
const processes = await startProcesses(keygrant);
const ada = processes.as('ada');

async function scrape(): Promise<string> {
  const texts = await Promise.all(
    Object.values(ports).map(async (port) => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()),
  );
  return texts.join('\n');
}

/** The value of one series, such as `keygrant_applications{state="pending"}`. */
async function value(series: string): Promise<number> {
  const [name = '', labels = ''] = series.split(/[{}]/);
  const wanted = labels.split(',').filter((label) => label !== '');
  const line = (await scrape())
    .split('\n')
    .find((each) => each.split(/[ {]/)[0] === name && wanted.every((label) => each.includes(label)));
  return Number(line?.split(' ').at(-1));
}

const reaches = (series: string, least: number) =>
  eventually(async () => ((await value(series)) >= least ? true : undefined), 15_000);

test('what happened shows in numbers: requests, decisions and their way to the record, calls, applications, mails', async () => {
  const { id } = (await ada.post('/v1/applications', draft())).body;
  await ada.post(`/v1/applications/${id}/submission`);
  await eventually(
    async () => (await ada.get(`/v1/applications/${id}`)).body.level === 1 || undefined,
    30_000,
  );
  const { digest } = (await ada.get(`/v1/applications/${id}`)).body;
  const decide = () =>
    processes.as('ben').post(`/v1/applications/${id}/decisions`, { verdict: 'approve', digest });
  expect((await decide()).status).toBe(200);
  expect((await decide()).status).toBe(409);
  await keygrant.client.workflow.getHandle(id).signal('decide', { nonsense: true });
  await fetch(`${processes.baseUrl}/v1/forward-auth`, {
    headers: { 'x-original-method': 'GET', 'x-original-uri': '/orders' },
  });
  // Not a GET: the console, where it is built, has a page for any address.
  await fetch(`${processes.baseUrl}/${id}`, { method: 'POST' });

  const route = 'method="POST",route="/v1/applications/:id/decisions"';
  await reaches(`keygrant_http_request_duration_seconds_count{${route},status="200"}`, 1);
  await reaches(`keygrant_http_request_duration_seconds_count{${route},status="409"}`, 1);
  await reaches('keygrant_http_request_duration_seconds_count{method="any",route="none",status="404"}', 1);
  await reaches('keygrant_verifications_total{result="malformed"}', 1);
  await reaches('keygrant_applications{state="pending"}', 1);
  await reaches('keygrant_signals_total{outcome="recorded",act="approve"}', 1);
  await reaches('keygrant_signals_total{outcome="malformed-decision",act="none"}', 1);
  await reaches('keygrant_signal_record_seconds_count{act="approve"}', 1);
  expect(await value('keygrant_database_up')).toBe(1);
  expect(await value('keygrant_mails_waiting{kind="credentials"}')).toBe(0);

  // No label names an application, a person or a key.
  const text = await scrape();
  for (const personal of [id, 'ada', 'ben', 'acme', 'example.com', digest]) {
    expect(text.split('\n').filter((line) => line.includes(personal))).toEqual([]);
  }
});

test('dashboard and alert rules name only metrics that a running API and worker expose', async () => {
  // Failures are counted from the first on: an activity's, and one of a workflow that this worker does not know.
  const owner = postgres(keygrant.ownerUrl, { max: 1 });
  await owner`revoke insert on decisions from keygrant_test, keygrant_service`;
  const { taskQueue } = keygrant.config.temporal;
  const { workflow } = keygrant.client;
  const id = (await ada.get('/v1/applications')).body.items[0].id;
  await workflow.getHandle(id).signal('decide', { nonsense: true });
  const workflowId = `of-another-version-${taskQueue}`;
  await workflow.start('of-another-version', { workflowId, taskQueue });
  await reaches('temporal_activity_execution_failed_total{activity_type="recordSignal"}', 1);
  await reaches('temporal_workflow_task_execution_failed_total', 1);
  await workflow.getHandle(workflowId).terminate();
  await owner`grant insert on decisions to keygrant_service`;
  await owner.end();
  const exposed = new Set(
    [...(await scrape()).matchAll(/^# TYPE (\S+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
  for (const file of ['deploy/grafana/keygrant.json', 'deploy/prometheus/alerts.yml']) {
    const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
    const named = new Set(text.match(/\b(?:keygrant|temporal|nodejs|process)_[a-z_]+\b/g));
    expect(named.size, file).toBeGreaterThan(5);
    expect(
      [...named].filter((name) => !exposed.has(name)),
      file,
    ).toEqual([]);
  }
});

test('without the database a scrape still answers, and says so', async () => {
  const { db, close } = openDatabase('postgres://127.0.0.1:1/keygrant', { maxConnections: 1 });
  const text = await createApiMetrics(db).text();
  await close();
  expect(text).toMatch(/^keygrant_database_up 0$/m);
  expect(text).not.toMatch(/^keygrant_applications\{/m);
  expect(text).toMatch(/^process_cpu_seconds_total /m);
});
