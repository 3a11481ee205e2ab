import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Mailbox, startMailbox } from '../../src/stack/mailbox.ts';
import { freePort } from '../../src/stack/ports.ts';
import { type RunningPostgres, startPostgres } from '../../src/stack/postgres.ts';
import { audience, firstAdmin, seed } from '../../src/stack/seed.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { Api } from '../support/api.ts';
import { draft } from '../support/applications.ts';

// What the image holds and does, without an image: the same files, started by the same commands.

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'keygrant-build-'));
/** As /app in the image: package.json, node_modules and dist, and nothing of the sources. */
const app = join(folder, 'app');
const dependencies = Object.keys(
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies as Record<string, string>,
);
const children: ChildProcess[] = [];
let database: RunningPostgres;
let mailbox: Mailbox;

beforeAll(async () => {
  mkdirSync(app);
  cpSync(join(root, 'package.json'), join(app, 'package.json'));
  // Only what package.json declares: an import of a devDependency, or of somebody else's dependency, fails.
  for (const name of dependencies) {
    const link = join(app, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }
  execFileSync(process.execPath, ['scripts/build.mjs', join(app, 'dist')], { cwd: root, stdio: 'pipe' });
  // A cluster of its own, since roles belong to the cluster: here they are made the way they are in production.
  database = await startPostgres({
    dataFolder: join(folder, 'postgres'),
    port: await freePort(),
    logFile: join(folder, 'postgres.log'),
    durable: false,
  });
  await runInitialSql(database.url('postgres'), {
    KEYGRANT_OWNER_PASSWORD: "owner's",
    TEMPORAL_DATABASE_PASSWORD: 'temporal',
  });
  mailbox = await startMailbox({ smtpPort: 0, webPort: 0 });
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await mailbox?.stop();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('what is built imports nothing but itself, Node and the dependencies that package.json declares', () => {
  const files = readdirSync(join(app, 'dist'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.m?js$/.test(file) && file !== 'workflows.bundle.js',
  );
  expect(files).toContain(join('src', 'server.js'));
  const foreign = files.flatMap((file) =>
    [
      ...readFileSync(join(app, 'dist', file), 'utf8').matchAll(
        /(?:^import|^export .*from|^\} from|\bfrom|\bimport\()\s*'([^'.][^']*)'/gm,
      ),
    ]
      .map(([, specifier]) => String(specifier))
      .filter((specifier) => !isBuiltin(specifier) && !dependencies.includes(packageOf(specifier)))
      .map((specifier) => `${file}: ${specifier}`),
  );
  expect(foreign).toEqual([]);
});

test('callers import what signs their calls as keygrant/signing', () => {
  const script = `
    import { dgrkAuthorization } from 'keygrant/signing';
    console.log(await dgrkAuthorization({ apiKey: 'a', secretKey: 'b' }, '{ }'));`;
  const words = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: app });
  expect(words.toString()).toMatch(/^DGRK a\.[A-Za-z0-9+/]{43}=\n$/);
});

test.each(['server', 'worker'])(
  'the %s refuses unsafe settings in production, and names all of them',
  async (entry) => {
    const { exited, output } = start(entry, {
      ...settings(),
      KEYGRANT_MODE: '',
      MASTER_KEYS: `1:${Buffer.from('keygrant development master key!').toString('base64')}`,
      PUBLIC_URL: 'http://keygrant.example',
      TIME_ZONE: 'Mars/Olympus',
    });
    expect(await exited).toBe(1);
    for (const fault of [
      'TIME_ZONE must be an IANA time zone',
      'MASTER_KEYS holds the development key',
      'SMTP_URL must use TLS',
      'MAIL_FROM is missing',
      'OIDC_ISSUER must begin with https://',
      'PUBLIC_URL must begin with https://',
    ]) {
      expect(output()).toContain(fault);
    }
  },
);

test('the migration needs no superuser, and may run again', async () => {
  for (let run = 0; run < 2; run++) {
    const migration = start('migrate', settings());
    expect(await migration.exited, migration.output()).toBe(0);
    expect(migration.output()).toContain('up to date');
  }
});

test('an application goes from draft to mailed key through what is built; SIGTERM ends both processes in order', async () => {
  const port = String(await freePort());
  const server = start('server', { ...settings(), PORT: port });
  const health = String(await freePort());
  const worker = start('worker', { ...settings(), WORKER_HEALTH_ADDRESS: `127.0.0.1:${health}` });
  const baseUrl = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${baseUrl}/readyz`)).status === 200, server);
  await until(async () => worker.output().includes('RUNNING'), worker);

  const token = (person: string) => signIn({ issuer: inject('stack').issuer, person });
  await seed(baseUrl, await token(firstAdmin));
  const ada = new Api(baseUrl, () => token('ada'));
  const { body } = await ada.post('/v1/applications', draft());
  const submitted = await ada.post(`/v1/applications/${body.id}/submission`);
  expect(submitted.body).toMatchObject({ state: 'pending', level: 1 });
  for (const reviewer of ['ben', 'cleo']) {
    const api = new Api(baseUrl, () => token(reviewer));
    const { digest, level } = (await api.get(`/v1/applications/${body.id}`)).body;
    const decided = await api.post(`/v1/applications/${body.id}/decisions`, {
      verdict: 'approve',
      comment: '',
      digest,
      level,
    });
    expect(decided.status, JSON.stringify(decided.body)).toBe(200);
  }
  await until(async () => (await ada.get(`/v1/applications/${body.id}`)).body.state === 'delivered', worker);
  expect((await mailbox.messages()).map(({ subject }) => subject)).toContain(
    '【digiRunner】Notification API Key Authorization Result',
  );

  const healthy = await fetch(`http://127.0.0.1:${health}/readyz`);
  expect([healthy.status, await healthy.json()]).toEqual([200, { ready: true }]);

  for (const { child } of [server, worker]) child.kill('SIGTERM');
  expect(await server.exited, server.output()).toBe(0);
  expect(await worker.exited, worker.output()).toBe(0);
});

test('both run in production mode with safe settings', async () => {
  const port = String(await freePort());
  const safe = {
    ...settings(),
    KEYGRANT_MODE: 'production',
    MASTER_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
    PUBLIC_URL: 'https://keygrant.example',
    OIDC_ISSUER: 'https://identity.example',
    MAIL_FROM: 'Keygrant <keygrant@keygrant.example>',
    SMTP_URL: `${mailbox.smtpUrl}?requireTLS=true`,
  };
  const server = start('server', { ...safe, PORT: port });
  const worker = start('worker', safe);
  await until(async () => worker.output().includes('RUNNING'), worker);
  await until(async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok, server);
  // The mailbox speaks no TLS, so nothing is sent to it; everything else is well.
  const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect(await ready.json()).toMatchObject({ ready: true, mail: { ok: false } });
  for (const { child } of [server, worker]) child.kill('SIGTERM');
  expect(await server.exited, server.output()).toBe(0);
  expect(await worker.exited, worker.output()).toBe(0);
});

/** As docker-compose.yml gives them, on this machine's stack. */
function settings(): Record<string, string> {
  const login = (user: string, password: string) =>
    database.url('keygrant').replace(/\/\/[^@]*@/, `//${user}:${encodeURIComponent(password)}@`);
  return {
    KEYGRANT_MODE: 'development',
    DATABASE_URL: login('keygrant', 'service'),
    MIGRATION_DATABASE_URL: login('keygrant_owner', "owner's"),
    TEMPORAL_ADDRESS: inject('stack').temporalAddress,
    TEMPORAL_TASK_QUEUE: 'built',
    OIDC_ISSUER: inject('stack').issuer,
    OIDC_AUDIENCE: audience,
    FIRST_ADMIN: firstAdmin,
    SMTP_URL: mailbox.smtpUrl,
    DELIVERY_DELAY: '1s',
    TIME_ZONE: 'Asia/Taipei',
    WORKFLOW_BUNDLE: join(app, 'dist', 'workflows.bundle.js'),
  };
}

/** Starts an entry point the way the image does: from /app, and with these settings alone. */
function start(entry: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [`dist/src/${entry}.js`], {
    cwd: app,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    child,
    output: () => output,
    exited: once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string),
  };
}

/** Waits until something is true; an error means not yet, the end of the process means never. */
async function until(isTrue: () => Promise<boolean>, { child, output }: ReturnType<typeof start>) {
  const deadline = Date.now() + 40_000;
  while (!(await isTrue().catch(() => false))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`It does not come about:\n${output()}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

/** Does what psql does with deploy/postgres.sql: there may be no psql here. */
async function runInitialSql(url: string, env: Record<string, string>) {
  const values = new Map<string, string>();
  const statements = readFileSync(join(root, 'deploy/postgres.sql'), 'utf8')
    .replaceAll(/^\\getenv (\w+) (\w+)$/gm, (_line, name: string, variable: string) => {
      values.set(name, String(env[variable]));
      return '';
    })
    .replaceAll(/:'(\w+)'/g, (_text, name: string) => `'${String(values.get(name)).replaceAll("'", "''")}'`);
  const superuser = postgres(url, { max: 1 });
  for (const statement of statements.split(/;$/m)) await superuser.unsafe(statement);
  await superuser.end();
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
