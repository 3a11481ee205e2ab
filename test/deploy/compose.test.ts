import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { readConfig, readMigrationConfig } from '../../src/config.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const example = readFileSync(join(root, '.env.example'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'keygrant-compose-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What only the operator knows, and what deploy/new-env.sh makes. */
const filledIn: Record<string, string> = {
  PUBLIC_URL: 'https://keygrant.example',
  OIDC_ISSUER: 'https://identity.example/realms/main',
  OIDC_AUDIENCE: 'urn:keygrant:api',
  FIRST_ADMIN: 'dora',
  MAIL_FROM: 'Keygrant <keygrant@keygrant.example>',
  MASTER_KEYS: `1:${Buffer.alloc(32, 1).toString('base64')}`,
  POSTGRES_PASSWORD: 'a1',
  KEYGRANT_OWNER_PASSWORD: 'b2',
  KEYGRANT_SERVICE_PASSWORD: 'c3',
  TEMPORAL_DATABASE_PASSWORD: 'd4',
};

const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
const compose = [['docker', 'compose'], ['docker-compose']].find(
  ([command = '', ...words]) =>
    spawnSync(command, [...words, 'version'], { env, stdio: 'ignore' }).status === 0,
);
const withCompose = test.skipIf(!compose);
const unlessSkipped = compose ? '' : ' (skipped: neither `docker compose` nor `docker-compose` is on PATH)';

test('.env.example explains exactly the variables that docker-compose.yml asks for', () => {
  const asked = new Set([...source.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name));
  const explained = new Set([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
  // Read by Docker Compose itself; and the image's tag, which whoever builds releases sets.
  for (const name of ['COMPOSE_PROJECT_NAME', 'COMPOSE_PROFILES']) explained.delete(name);
  asked.delete('KEYGRANT_VERSION');
  expect(asked).toEqual(explained);
  const empty = new Set([...example.matchAll(/^([A-Z_]+)=$/gm)].map(([, name]) => name));
  // May stay so.
  for (const [, name] of source.matchAll(/\$\{([A-Z_]+):-\}/g)) empty.delete(name);
  expect(empty).toEqual(new Set(Object.keys(filledIn)));
});

withCompose(`Docker Compose takes the file, and the services take what it gives them${unlessSkipped}`, () => {
  const { status, stdout, stderr } = config(filledIn);
  expect(status, stderr).toBe(0);
  for (const service of ['api', 'worker']) {
    const given = environmentOf(stdout, service);
    expect(readConfig(given)).toMatchObject({
      mode: 'production',
      publicUrl: 'https://keygrant.example',
      temporal: { address: 'temporal:7233', namespace: 'keygrant' },
      mail: { smtpUrl: 'smtp://mailpit:1025?requireTLS=true' },
    });
  }
  expect(readMigrationConfig(environmentOf(stdout, 'migrate'))).toEqual({
    ownerUrl: 'postgres://keygrant_owner:b2@postgres:5432/keygrant',
    serviceUrl: 'postgres://keygrant:c3@postgres:5432/keygrant',
  });
});

withCompose(
  `every variable of Keygrant's own services is one that src/config.ts reads${unlessSkipped}`,
  () => {
    const { stdout } = config(filledIn);
    const reader = readFileSync(join(root, 'src/config.ts'), 'utf8');
    // Node's own, and two of those that Temporal's library reads.
    const elsewhere = ['NODE_EXTRA_CA_CERTS', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'];
    for (const service of ['api', 'worker', 'migrate']) {
      const names = Object.keys(environmentOf(stdout, service));
      expect(names.length).toBeGreaterThan(1);
      expect(names.filter((name) => !elsewhere.includes(name) && !reader.includes(`'${name}'`))).toEqual([]);
    }
  },
);

test('whatever has no safe default is required wherever it is used', () => {
  for (const name of Object.keys(filledIn)) {
    const uses = [...source.matchAll(/\$\{([A-Z_]+)(:?\?.)?/g)].filter(([, used]) => used === name);
    expect(uses.length, name).toBeGreaterThan(0);
    // `?` with a message; with a colon, an empty value is refused as well.
    for (const [, , required] of uses) expect(required, name).toBeDefined();
  }
});

withCompose(`a missing setting is asked for by name${unlessSkipped}`, () => {
  const { OIDC_ISSUER: _left, ...rest } = filledIn;
  const { status, stderr } = config(rest);
  expect(status).not.toBe(0);
  expect(stderr).toContain('OIDC_ISSUER');
});

withCompose(
  `no container of it is root with rights, writes outside its volumes or runs an unnamed version${unlessSkipped}`,
  () => {
    const { stdout } = config(filledIn);
    const services = servicesOf(stdout);
    expect(services.size).toBe(12);
    for (const [name, text] of services) {
      expect(text, name).toMatch(/^ {4}read_only: true$/m);
      expect(text, name).toMatch(/^ {4}cap_drop:\n {4,6}- ALL$/m);
      expect(text, name).toMatch(/no-new-privileges:true/);
      expect(text, name).toMatch(/^ {4}user: /m);
      expect(text, name).toMatch(/memory: /);
      expect(text, name).toMatch(/^ {4}image: (keygrant:|\S+:v?\d+\.\d+)/m);
      // Published ports are for this machine only.
      expect(text.match(/^ {4}ports:\n(?: {4,}.*\n)*/m)?.[0] ?? '127.0.0.1').toContain('127.0.0.1');
    }
  },
);

test('deploy/new-env.sh makes a complete set of secrets, once', ({ skip }) => {
  if (process.platform === 'win32' || spawnSync('sh', ['-c', 'command -v openssl']).status !== 0) {
    skip('needs sh and openssl');
  }
  const copy = join(folder, 'copy');
  execFileSync(
    'sh',
    ['-c', `mkdir -p ${copy}/deploy && cp .env.example ${copy} && cp deploy/new-env.sh ${copy}/deploy`],
    { cwd: root },
  );
  const run = () => spawnSync('sh', [join(copy, 'deploy/new-env.sh')], { encoding: 'utf8' });
  expect(run().status).toBe(0);
  const made = readFileSync(join(copy, '.env'), 'utf8');
  const secrets = [...made.matchAll(/^(?:\w+_PASSWORD|MASTER_KEYS)=(.*)$/gm)].map(([, value]) =>
    String(value),
  );
  expect(new Set(secrets).size).toBe(5);
  expect(secrets.every((secret) => /^([0-9a-f]{48}|1:[A-Za-z0-9+/]{43}=)$/.test(secret))).toBe(true);
  const second = run();
  expect(second.status).toBe(1);
  expect(readFileSync(join(copy, '.env'), 'utf8')).toBe(made);
});

/** What Docker Compose makes of the file with .env.example, filled in with these. */
function config(values: Record<string, string>) {
  const file = join(folder, 'env');
  writeFileSync(
    file,
    example.replaceAll(/^([A-Z_]+)=$/gm, (line, name: string) => line + (values[name] ?? '')),
  );
  const [command = '', ...words] = compose ?? [];
  const args = [...words, '--env-file', file, '--file', join(root, 'docker-compose.yml'), 'config'];
  return spawnSync(command, args, { env, encoding: 'utf8' });
}

/** Each service's lines in what `config` prints. */
function servicesOf(printed: string): Map<string, string> {
  const all = /^services:\n((?: .*\n)*)/m.exec(printed)?.[1] ?? '';
  return new Map(
    [...all.matchAll(/^ {2}([\w-]+):\n((?: {4}.*\n)*)/gm)].map(([, name, text]) => [
      String(name),
      String(text),
    ]),
  );
}

function environmentOf(printed: string, service: string): Record<string, string> {
  const block = /^ {4}environment:\n((?: {6}.*\n)*)/m.exec(servicesOf(printed).get(service) ?? '')?.[1] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name, value]) => [
      String(name),
      String(value).replace(/^(["'])(.*)\1$/, '$2'),
    ]),
  );
}
