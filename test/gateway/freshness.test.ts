import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { eq, sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { openChangeFeed } from '../../src/db/changes.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createFreshCache } from '../../src/db/fresh-cache.ts';
import { keyApis, keys } from '../../src/db/schema/keys.ts';
import { people } from '../../src/db/schema/people.ts';
import { apis, clients } from '../../src/db/schema/registry.ts';
import { createVerifier } from '../../src/gateway/verify.ts';
import { dgrkAuthorization } from '../../src/signing/index.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { insertKey } from './keys.ts';

const keygrant = await startKeygrant({ worker: false });
const { db, config } = keygrant;

/** What is promised: after so long no process lets anything pass by what was. */
const promisedMs = 1_000;

/** A process of its own: its database, its feed, its cache. Counts how often it looks a key up. */
async function startProcess(changesUrl = config.databaseUrl) {
  const own = openDatabase(config.databaseUrl);
  const changes = openChangeFeed(changesUrl);
  afterAll(async () => {
    await changes.close();
    await own.close();
  });
  let lookUps = 0;
  const counting = new Proxy(own.db, {
    get(target, name) {
      if (name === 'select') lookUps += 1;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  const { masterKeys, timeZone } = config;
  const verifier = createVerifier({
    db: counting,
    masterKeys,
    timeZone,
    changes,
    cachedKeys: 100,
    record: () => {},
  });
  const reason = async (authorization: string) => {
    const call = { method: 'GET', target: '/orders', fields: { authorization }, body: '', now: new Date() };
    return (await verifier.verify(call)).verdict.reason;
  };
  /** Calls until a key is answered from the cache. */
  const warm = (authorization: string) =>
    eventually(async () => {
      await reason(authorization);
      const before = lookUps;
      await reason(authorization);
      return lookUps === before || undefined;
    });
  return { changes, reason, warm };
}

const processes = [await startProcess(), await startProcess()];

test('whatever takes a key its right counts within a second on every process that has cached it', async () => {
  const changed = {
    revoked: (id: string) => db.update(keys).set({ revokedAt: new Date() }).where(eq(keys.id, id)),
    expired: (id: string) => db.update(keys).set({ expiresOn: '2020-01-01' }).where(eq(keys.id, id)),
    'dgrk-refused': (id: string) => db.update(keys).set({ dgrkUntil: '2020-01-01' }).where(eq(keys.id, id)),
    'quota-used-up': (id: string) => db.update(keys).set({ quota: 5, used: 5 }).where(eq(keys.id, id)),
    'client-disabled': () => db.update(clients).set({ enabled: false }).where(eq(clients.id, 'globex')),
    'api-not-permitted': (id: string) => db.delete(keyApis).where(eq(keyApis.keyId, id)),
  };
  for (const [expected, change] of Object.entries(changed)) {
    const pair = await insertKey(keygrant, { clientId: 'globex' });
    const authorization = await dgrkAuthorization(pair);
    for (const each of processes) await each.warm(authorization);
    // Deleting is not the service's right; it stands for whatever an owner may do.
    await (expected === 'api-not-permitted' ? asOwner(pair.id) : change(pair.id));
    const committed = performance.now();
    await Promise.all(
      processes.map(({ reason }) =>
        eventually(async () => (await reason(authorization)) === expected || undefined, promisedMs),
      ),
    );
    expect(performance.now() - committed).toBeLessThan(promisedMs);
    await db.update(clients).set({ enabled: true }).where(eq(clients.id, 'globex'));
  }
});

async function asOwner(keyId: string) {
  const owner = openDatabase(keygrant.ownerUrl);
  await owner.db.delete(keyApis).where(eq(keyApis.keyId, keyId));
  await owner.close();
}

test('an API that is switched off and on again counts within a second, too', async () => {
  const authorization = await dgrkAuthorization(await insertKey(keygrant));
  const [{ reason, warm }] = processes as [(typeof processes)[0]];
  await warm(authorization);
  for (const [enabled, expected] of [
    [false, 'api-not-permitted'],
    [true, null],
  ] as const) {
    await db.update(apis).set({ enabled }).where(eq(apis.id, 'orders-list'));
    await eventually(async () => (await reason(authorization)) === expected || undefined, promisedMs);
  }
});

test('while the connection that hears of changes is dead, however quietly, nothing is answered from the cache', async () => {
  const between = await startProxy(new URL(config.databaseUrl));
  const deaf = await startProcess(between.url);
  const pair = await insertKey(keygrant);
  const authorization = await dgrkAuthorization(pair);
  await deaf.warm(authorization);

  between.swallow(true);
  await db.update(keys).set({ revokedAt: new Date() }).where(eq(keys.id, pair.id));
  await eventually(async () => (await deaf.reason(authorization)) === 'revoked' || undefined, promisedMs);
  expect(deaf.changes.isTrusted()).toBe(false);

  await db.update(keys).set({ revokedAt: null }).where(eq(keys.id, pair.id));
  expect(await deaf.reason(authorization)).toBe(null);
  between.swallow(false);
  await deaf.warm(authorization);

  // Cut for good, and back by itself.
  between.cut();
  await db.update(keys).set({ revokedAt: new Date() }).where(eq(keys.id, pair.id));
  await eventually(async () => (await deaf.reason(authorization)) === 'revoked' || undefined, promisedMs);
  await deaf.warm(await dgrkAuthorization(await insertKey(keygrant)));
});

/** Passes on what PostgreSQL and its client say, until it swallows all of it, as a network does that has lost its way. */
async function startProxy(target: URL) {
  let swallowing = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => swallowing || to.write(chunk));
      from.on('close', () => to.destroy());
      from.on('error', () => undefined);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => server.close());
  const url = new URL(target);
  const address = server.address();
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: url.href,
    swallow: (now: boolean) => (swallowing = now),
    cut: () => sockets.forEach((socket) => socket.destroy()),
  };
}

test('what was read before a change was heard of is not kept, and a cache never outgrows its bound', async () => {
  const feed = { epoch: 0, tell: (_kind: 'key' | 'all', _name: string) => {} };
  const cache = createFreshCache<number>('key', 10, {
    isTrusted: () => true,
    epoch: () => feed.epoch,
    onChange: (listener) => (feed.tell = (kind, name) => ((feed.epoch += 1), listener(kind, name))),
  });
  await cache.read('a', async () => (feed.tell('key', 'a'), 1));
  expect(cache.get('a')).toBeUndefined();
  await cache.read('a', async () => 2);
  expect(cache.get('a')).toBe(2);
  const names = Array.from({ length: 100 }, (_, at) => `n${at}`);
  for (const name of names) {
    await cache.read(name, async () => 1);
    cache.get('a');
  }
  expect(names.filter((name) => cache.get(name) !== undefined).length).toBeLessThanOrEqual(10);
  expect(cache.get('a')).toBe(2);
  feed.tell('all', '');
  expect(cache.get('a')).toBeUndefined();
});

test('a gateway that loses its role is refused within a second', async () => {
  const [id, roles] = ['zoe', ['gateway' as const]];
  await db.insert(people).values({ id, name: 'Gateway', email: 'zoe@example.com', roles });
  const status = async () =>
    (await keygrant.as('zoe').post('/v1/verify', { method: 'GET', target: '/', headers: {} })).status;
  await eventually(
    async () => (keygrant.context.changes?.isTrusted() && (await status()) === 200) || undefined,
  );
  expect(await status()).toBe(200);
  await db.update(people).set({ roles: [] }).where(eq(people.id, id));
  await eventually(async () => (await status()) === 403 || undefined, promisedMs);
});

test('every table that a cached key is read from tells of its changes', async () => {
  const { rows } = await tellingTables();
  for (const table of ['apis', 'clients', 'former_secrets', 'key_apis', 'keys', 'people'])
    expect(rows).toContain(table);
});

async function tellingTables() {
  const found = await db.execute<{ name: string }>(
    sql`select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join pg_proc p on p.oid = t.tgfoid where p.proname = 'tell_of_change'`,
  );
  return { rows: found.map(({ name }) => name) };
}
