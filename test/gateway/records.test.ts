import { expect, test } from 'vitest';
import { verifyChain } from '../../src/db/audit.ts';
import { keyUses, refusedCalls, signatureNonces } from '../../src/db/schema/calls.ts';
import { createCallRecords } from '../../src/gateway/records.ts';
import type { Finding } from '../../src/gateway/verify.ts';
import { dgrkAuthorization, signMessage } from '../../src/signing/index.ts';
import { callRecordSchedule, keepCallRecords } from '../../src/temporal/schedules.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { insertKey } from './keys.ts';

const keygrant = await startKeygrant();
const { db } = keygrant;
const dora = keygrant.as('dora');
const ask = async (headers: Record<string, string>) =>
  (await dora.post('/v1/verify', { method: 'GET', target: '/orders', headers })).body;
const hour = (offset: number) => new Date((Math.floor(Date.now() / 3_600_000) + offset) * 3_600_000);
const told = async () =>
  (await dora.get('/v1/audit?limit=100')).body.items.filter(
    ({ action }: { action: string }) => action === 'calls.refused',
  );

test('a flood of refused calls is one row of the audit trail an hour, with every true reason; old nonces go', async () => {
  const pair = await insertKey(keygrant);
  const authorization = await dgrkAuthorization(pair);
  const wrong = await dgrkAuthorization({ ...pair, secretKey: 'guessed' });
  const strangers = Array.from(
    { length: 60 },
    (_, at) => `DGRK ${Buffer.alloc(42, at).toString('base64')}.AAAA`,
  );
  const signed = await signMessage({ method: 'GET', url: '/orders' }, pair);
  await ask(signed);
  await Promise.all([...strangers, wrong, wrong, 'Bearer x'].map((each) => ask({ authorization: each })));
  await ask(signed);
  await ask({ authorization });
  const counted = await eventually(async () => {
    const rows = await db.select().from(refusedCalls);
    return rows.reduce((sum, { calls }) => sum + calls, 0) === 64 ? rows : undefined;
  });
  expect(counted).toHaveLength(4);

  // As if it had been in the hour before the last.
  await db.update(refusedCalls).set({ hour: hour(-2) });
  await db.insert(refusedCalls).values({ hour: hour(0), keyId: null, cause: 'malformed', calls: 3 });
  await db
    .insert(signatureNonces)
    .values({ keyId: pair.id, nonce: 'of-long-ago-12345', keptUntil: hour(-1) });
  const { taskQueue } = keygrant.config.temporal;
  await keepCallRecords(keygrant.client, taskQueue);
  const schedule = keygrant.client.schedule.getHandle(callRecordSchedule(taskQueue));
  await schedule.trigger();
  const [row] = await eventually(async () => ((await told()).length > 0 ? told() : undefined));
  await schedule.delete();
  expect(row).toMatchObject({
    actor: 'keygrant',
    details: {
      refusals: [
        { key: pair.id, cause: 'replayed', calls: 1 },
        { key: pair.id, cause: 'wrong-signature', calls: 2 },
        { key: null, cause: 'malformed', calls: 1 },
        { key: null, cause: 'unknown-key', calls: 60 },
      ],
    },
  });
  const left = await eventually(async () => {
    const nonces = await db.select().from(signatureNonces);
    return nonces.length === 1 ? nonces : undefined;
  });
  expect(left[0]?.nonce).not.toBe('of-long-ago-12345');
  expect(await db.select().from(refusedCalls)).toMatchObject([{ calls: 3 }]);
  expect(await told()).toHaveLength(1);
  expect(await verifyChain(db)).toMatchObject({ intact: true });
  expect(keygrant.log.join('\n')).not.toContain(authorization);
});

test('what several processes saw adds up, the latest use counts, and what could not be written is written later', async () => {
  const { id } = await insertKey(keygrant);
  const at = (minute: number) => new Date(hour(-5).getTime() + minute * 60_000);
  const finding = { keyId: id, cause: null, scheme: 'dgrk' } as Finding;
  const refusal = { keyId: id, cause: 'expired', scheme: null } as Finding;
  const failures: unknown[] = [];
  let isDown = true;
  const flaky = new Proxy(db, {
    get: (target, name) =>
      name === 'transaction' && isDown
        ? () => Promise.reject(new Error('out of reach'))
        : Reflect.get(target, name),
  });
  const marks = { timeZone: 'Asia/Taipei', quotaWarnings: [80] };
  const processes = [
    createCallRecords(db, marks, () => undefined),
    createCallRecords(flaky, marks, (error) => failures.push(error)),
  ];
  for (const [number, each] of processes.entries()) {
    each.record(finding, at(20 - number));
    each.record(finding, at(10));
    each.record(refusal, at(1));
    each.record(refusal, at(59));
  }
  await Promise.all(processes.map((each) => each.flush()));
  expect(failures).toHaveLength(1);
  isDown = false;
  await Promise.all(processes.map((each) => each.close()));
  const uses = (await db.select().from(keyUses)).filter(({ keyId }) => keyId === id);
  expect(uses).toEqual([{ keyId: id, scheme: 'dgrk', lastAt: at(20) }]);
  const refused = (await db.select().from(refusedCalls)).filter(({ keyId }) => keyId === id);
  expect(refused).toEqual([{ hour: hour(-5), keyId: id, cause: 'expired', calls: 4 }]);
});
