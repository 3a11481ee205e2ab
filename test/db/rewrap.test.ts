import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseMasterKeys } from '../../src/crypto/master-keys.ts';
import { open, seal } from '../../src/crypto/secrets.ts';
import { verifyChain } from '../../src/db/audit.ts';
import { formerSecrets, keys } from '../../src/db/schema/keys.ts';
import { openSecrets } from '../../src/db/webhooks.ts';
import { decide, submit } from '../support/applications.ts';
import { runCommand } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';

const [older, newer] = [1, 2].map((version) => `${version}:${randomBytes(32).toString('base64')}`);
const keygrant = await startKeygrant({ env: { MASTER_KEYS: `${older}`, DELIVERY_DELAY: '1h' } });
for (const keyName of ['First', 'Second', 'Third']) {
  const { id } = await submit(keygrant, { keyName });
  await decide(keygrant, 'ben', id);
  await decide(keygrant, 'cleo', id);
}
const rows = await eventually(async () => {
  const issued = await keygrant.db.select().from(keys).orderBy(keys.id);
  return issued.length === 3 ? issued : undefined;
});
const hook = (await keygrant.as('dora').post('/v1/webhooks', { url: 'https://1.1.1.1/', enabled: false }))
  .body;
const rewrap = (masterKeys: string) =>
  runCommand({ env: { ...keygrant.env, MASTER_KEYS: masterKeys } }, 'keys', 'rewrap');

test('every secret is sealed anew with the newest master key, and stays what it was', async () => {
  const both = parseMasterKeys(`${newer},${older}`);
  const secrets = rows.map((row) => open(both, row.id, row));
  expect(rows.map((row) => row.masterKeyVersion)).toEqual([1, 1, 1]);

  // One of them is being rotated: it has two.
  const { id = '' } = rows[0] ?? {};
  const former = seal(parseMasterKeys(`${older}`), id, 'the secret before');
  await keygrant.db.insert(formerSecrets).values({ keyId: id, ...former, rotatedAt: new Date(), graceMs: 1 });

  // Two at once, as in two deployments: no secret is lost, and each is sealed anew once.
  const endings = await Promise.all([rewrap(`${newer},${older}`), rewrap(`${newer},${older}`)]);
  expect(endings.map(({ code, errors }) => [code, errors])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  const onlyNewer = parseMasterKeys(`${newer}`);
  const sealed = await keygrant.db.select().from(keys).orderBy(keys.id);
  expect(sealed.map((row) => row.masterKeyVersion)).toEqual([2, 2, 2]);
  expect(sealed.map((row) => open(onlyNewer, row.id, row))).toEqual(secrets);
  const [before] = await keygrant.db.select().from(formerSecrets);
  expect(before && open(onlyNewer, id, before)).toBe('the secret before');
  expect(await openSecrets(keygrant.db, onlyNewer, hook.id)).toEqual([hook.secret]);
  const events = (await keygrant.as('emil').get('/v1/audit?action=key.rewrapped')).body.items;
  expect(events.map(({ details }: { details: unknown }) => details)).toEqual(
    rows.map(() => ({ from: 1, to: 2 })),
  );
  expect(await verifyChain(keygrant.db)).toMatchObject({ intact: true });

  const again = await rewrap(`${newer},${older}`);
  expect([again.code, again.words]).toEqual([0, '0 secrets were sealed anew with master key 2.\n']);
});

test('without the master key that opens them secrets stay as they are, and it is said which one is missing', async () => {
  const before = await keygrant.db.select().from(keys).orderBy(keys.id);
  const ending = await rewrap(`3:${randomBytes(32).toString('base64')}`);
  expect(ending.code).toBe(2);
  expect(ending.errors).toContain('master key version 2 is not configured');
  expect(await keygrant.db.select().from(keys).orderBy(keys.id)).toEqual(before);
});

test('a command that does not exist, or settings that are wrong, end with words and a code of their own', async () => {
  const unknown = await runCommand(keygrant, 'keys', 'print');
  expect([unknown.code, unknown.errors.split('\n')[0]]).toEqual([2, 'There is no command "keys print".']);
  const unset = await runCommand({ env: {} }, 'audit', 'verify');
  expect([unset.code, unset.errors]).toEqual([2, expect.stringContaining('DATABASE_URL is missing')]);
});
