import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { refusals } from '../../src/gateway/verdict.ts';
import { freePort, isListening } from '../../src/stack/ports.ts';
import { eventually } from '../support/eventually.ts';

// `npm start` and `npm run demo` as a newcomer runs them, on ports and a data folder of their own.
const root = fileURLToPath(new URL('../..', import.meta.url));
const settings = [
  'PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'POSTGRES_PORT',
  'SMTP_PORT',
  'MAIL_UI_PORT',
  'IDENTITY_PORT',
  'GATEWAY_PORT',
  'SAMPLE_API_PORT',
];
const ports: Record<string, string> = {};
const started: ChildProcess[] = [];
let data: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'keygrant-start-'));
  for (const setting of settings) ports[setting] = String(await freePort());
});

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await eventually(portsFree, 20_000);
  await rm(data, { recursive: true, force: true });
});

/** Runs one of the processes behind the npm scripts, collecting what it prints. */
function run(entry: string, words: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', `src/${entry}.ts`, ...words], {
    cwd: root,
    env: { ...process.env, ...ports, KEYGRANT_DATA: data, DELIVERY_DELAY: '2s', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (printed += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, exit, printed: () => printed };
}

async function start() {
  const keygrant = run('dev');
  await eventually(async () => {
    if (keygrant.child.exitCode !== null) throw new Error(keygrant.printed());
    return keygrant.printed().includes('Ctrl-C stops everything') || undefined;
  }, 60_000);
  return keygrant;
}

async function portsFree(): Promise<true | undefined> {
  const busy = await Promise.all(Object.values(ports).map((port) => isListening(Number(port))));
  return busy.includes(true) ? undefined : true;
}

test('npm start brings everything up, and the demo ends with the mail, the token with a person, the chain intact', async () => {
  const keygrant = await start();
  expect(keygrant.printed()).toContain(`http://127.0.0.1:${ports['PORT']}/docs`);
  const ready = await fetch(`http://127.0.0.1:${ports['PORT']}/readyz`);
  expect(await ready.json()).toMatchObject({ ready: true, mail: { ok: true } });
  const page = await fetch(`http://127.0.0.1:${ports['PORT']}/`, { headers: { accept: 'text/html' } });
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);

  const demo = run('demo');
  expect([await demo.exit, demo.printed()]).toEqual([0, expect.stringContaining('Secret Key (Private)')]);
  expect(demo.printed()).toMatch(/signed: 200[^]*"x-keygrant-client": "acme"/);
  // One refusal for each reason, and nothing of it lasts.
  for (const reason of Object.keys(refusals))
    expect(demo.printed()).toMatch(new RegExp(`- ${reason} \\(4\\d\\d\\): `));
  const call = run('dev-cli', ['call', 'GET', '/orders', '--key', join(data, 'demo.key')]);
  expect([await call.exit, call.printed()]).toEqual([0, expect.stringContaining('"target": "/orders"')]);
  const verify = run('dev-cli', ['audit', 'verify']);
  expect([await verify.exit, verify.printed()]).toEqual([
    0,
    expect.stringMatching(/^The audit chain is intact: \d+ rows/),
  ]);
  const token = run('dev-cli', ['token', 'emil']);
  expect(await token.exit).toBe(0);
  const me = await fetch(`http://127.0.0.1:${ports['PORT']}/v1/me`, {
    headers: { authorization: `Bearer ${token.printed().trim()}` },
  });
  expect(await me.json()).toMatchObject({ id: 'emil', roles: ['auditor'] });

  const second = run('dev');
  expect([await second.exit, second.printed()]).toEqual([
    1,
    expect.stringContaining('Keygrant runs already'),
  ]);
  keygrant.child.kill('SIGINT');
  expect(await keygrant.exit).toBe(0);
  expect(await portsFree()).toBe(true);
}, 180_000);

test('what was there is there after a restart, and nothing runs on when the whole is killed', async () => {
  const keygrant = await start();
  const token = run('dev-cli', ['token', 'ada']);
  await token.exit;
  const list = await fetch(`http://127.0.0.1:${ports['PORT']}/v1/applications`, {
    headers: { authorization: `Bearer ${token.printed().trim()}` },
  });
  const { items } = (await list.json()) as { items: object[] };
  expect(items).toContainEqual(
    expect.objectContaining({ state: 'delivered', keyName: 'Orders for the shop' }),
  );
  const mails = await fetch(`http://127.0.0.1:${ports['MAIL_UI_PORT']}/api/email`);
  const texts = ((await mails.json()) as { text: string }[]).map(({ text }) => text);
  expect(texts.filter((text) => text.includes('Secret Key (Private)'))).toHaveLength(3);

  keygrant.child.kill('SIGKILL');
  await eventually(portsFree, 20_000);
});

test('when one part dies, everything stops and the message says which, and where its log is', async () => {
  const keygrant = await start();
  const log = await readFile(join(data, 'logs', 'worker.log'), 'utf8');
  const { pid } = JSON.parse(log.trim().split('\n').at(-1) ?? '{}') as { pid: number };
  process.kill(pid, 'SIGKILL');
  expect(await keygrant.exit).toBe(1);
  expect(keygrant.printed()).toMatch(/The worker ended \(SIGKILL\); its log is .*worker\.log/);
  expect(await portsFree()).toBe(true);
});

test('PostgreSQL that dies is noticed like every other part', async () => {
  const keygrant = await start();
  const pidFile = await readFile(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
  process.kill(Number.parseInt(pidFile, 10), 'SIGKILL');
  expect(await keygrant.exit).toBe(1);
  expect(keygrant.printed()).toMatch(/The postgres ended .*; its log is .*postgres\.log/);
});

test('what a crash has left of running.json stops nobody, and a start that is cut short leaves nothing', async () => {
  await writeFile(join(data, 'running.json'), '{"pid": 1');
  const keygrant = run('dev');
  await eventually(async () => (await isListening(Number(ports['POSTGRES_PORT']))) || undefined, 30_000);
  keygrant.child.kill('SIGINT');
  expect(await keygrant.exit).toBe(0);
  await eventually(portsFree, 20_000);
});

test('a taken port is named together with its setting, before anything is started', async () => {
  const taken = run('dev', [], { SMTP_PORT: new URL(inTheWay()).port });
  expect([await taken.exit, taken.printed()]).toEqual([
    1,
    expect.stringContaining('set SMTP_PORT to another one'),
  ]);
});

/** Something that listens: the identity provider of the test run. */
function inTheWay(): string {
  return inject('stack').issuer;
}
