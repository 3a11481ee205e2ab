import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/stack/ports.ts';
import type { Child } from '../child.ts';
import { insertKeys } from './keys.ts';
import type { Plan } from './plan.ts';
import { betterAuthQuestions, bodyOf, calls, keep, questions } from './requests.ts';
import { ends, type VerifyStack } from './stack.ts';

/** What is loaded: a server, and what it is sent. */
export interface Target {
  name: string;
  pid: number;
  port: number;
  requestsFile: string;
  expected: string;
}

/** What so many kept keys take. */
export interface Memory {
  keys: number;
  bytes: number;
}

const against = fileURLToPath(new URL('against', import.meta.url));
const unlimited = -1;
/** Limited, but not within reach. */
const plenty = 2_000_000_000;
/** How many of better-auth's keys are called: making them takes longest of all. */
const betterAuthKeys = 1_000;

/** Starts every server that takes part and makes what each is sent. */
export async function startTargets(
  stack: VerifyStack,
  plan: Plan,
  say: (line: string) => void,
): Promise<{ targets: Target[]; memory: Memory }> {
  const targets: Target[] = [];
  const wants = (name: string) => plan.only.split(',').some((part) => name.includes(part));
  const file = (name: string) => join(stack.folder, `${name.replaceAll(/\W+/g, '-')}.json`);
  const add = async (name: string, child: Child, port: number, requests: string[], expected: string) => {
    if (!wants(name)) return;
    targets.push({ name, pid: child.pid, port, requestsFile: await keep(file(name), requests), expected });
  };

  await installed(say);
  const first = await stack.startKeygrant('keygrant');
  await stack.seed(first.baseUrl);
  await first.child.stop();
  const { masterKeys } = first.config;
  const body = bodyOf(1024);
  const valid = '"valid":true';

  say(`${plan.keys} keys without a quota and as many with one …`);
  await stack.copy('keygrant_keys');
  const ownerUrl = stack.urlOf('keygrant_keys');
  const free = await insertKeys(ownerUrl, masterKeys, {
    prefix: 'a',
    count: plan.keys,
    quota: unlimited,
    live: true,
  });
  const limited = await insertKeys(ownerUrl, masterKeys, {
    prefix: 'b',
    count: plan.keys,
    quota: plenty,
    live: true,
  });
  const keygrant = await stack.startKeygrant('keygrant_keys');
  const { said } = await stack.measured('memory.ts', [], keygrant.env, ['--expose-gc']);
  const asked = await questions(free, stack.token, body);

  const barePort = await freePort();
  const bare = await stack.measured('against/fastify.mjs', [String(barePort)]);
  await add('bare route', bare.child, barePort, asked, valid);
  await add('verify', keygrant.child, keygrant.apiPort, asked, valid);
  await add(
    'verify, quota',
    keygrant.child,
    keygrant.apiPort,
    await questions(limited, stack.token, body),
    valid,
  );

  if (plan.betterAuth && wants('better-auth')) {
    say(`${betterAuthKeys} keys of better-auth …`);
    await stack.create('better_auth');
    const port = await freePort();
    const args = [String(port), stack.urlOf('better_auth'), String(betterAuthKeys)];
    const { child, said } = await stack.measured('against/better-auth.mjs', args);
    await add('better-auth', child, port, betterAuthQuestions(said as string[]), valid);
  }

  const proxyPort = await freePort();
  const proxy = await stack.measured('against/http-proxy.mjs', [String(proxyPort), stack.upstream]);
  const signed = await calls(free, body);
  await add('bare proxy', proxy.child, proxyPort, signed, '"orders"');
  await add('gateway', keygrant.child, keygrant.gatewayPort, signed, '"orders"');

  const few = Math.min(1_000, plan.manyKeys);
  for (const [name, count] of [
    ['few keys', few],
    ['many keys', plan.manyKeys],
  ] as const) {
    if (!wants(name)) continue;
    say(`${count} keys …`);
    const database = name.replace(' ', '_');
    await stack.copy(database);
    const url = stack.urlOf(database);
    await insertKeys(url, masterKeys, { prefix: 'c', count: count - few, quota: unlimited, live: false });
    const called = await insertKeys(url, masterKeys, {
      prefix: 'd',
      count: few,
      quota: unlimited,
      live: true,
    });
    const full = await stack.startKeygrant(database);
    await add(name, full.child, full.apiPort, await questions(called, stack.token, body), valid);
    const uncached = await stack.startKeygrant(database, { KEY_CACHE: '0' });
    const each = await questions(called, stack.token, body);
    await add(`${name}, looked up each time`, uncached.child, uncached.apiPort, each, valid);
  }
  return { targets, memory: said as Memory };
}

/** Installs what Keygrant is compared with, once. */
async function installed(say: (line: string) => void): Promise<void> {
  const present = await access(join(against, 'node_modules')).then(
    () => true,
    () => false,
  );
  if (present) return;
  say('Installing what it is compared with …');
  if ((await ends('npm', ['ci', '--no-audit', '--no-fund'], against)) !== 0)
    throw new Error(`npm ci failed in ${against}`);
}
