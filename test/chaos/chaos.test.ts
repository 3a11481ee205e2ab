import { appendFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { readMails } from './record.ts';
import { chaos, removeFolder } from './run.ts';
import { secretIn } from './secrets.ts';

// A small run of `npm run chaos`, each part killed at least once. The same again:
// npm run chaos -- --applications 14 --faults 6 --seed …
const seed = Math.floor(Math.random() * 2 ** 31);
const folder = await mkdtemp(join(tmpdir(), 'keygrant-chaos-'));
console.log(`chaos: seed ${seed}`);
const run = await chaos({ applications: 14, faults: 6, seed, folder });
afterAll(async () => {
  await run.stop();
  await removeFolder(folder);
});

test(`whatever is killed, everything ends as its recorded decisions imply, once, and nothing accepted is lost (seed ${seed})`, () => {
  expect(run.wrong).toEqual([]);
  expect(run.ledger.accepted.length).toBeGreaterThan(3 * 14);
  expect(run.kills.filter(({ killed }) => killed === 0)).toEqual([]);
});

test('the judges of it see a state that nobody decided, a decision that nobody made, a lost mail and a secret out of place', async () => {
  const owner = postgres(run.parts.ownerUrl(), { max: 1 });
  const [pending] = await owner`select id from applications where round > 0 limit 1`;
  await owner`update applications set state = 'lapsed' where id = ${pending?.['id']}`;
  const [decision] =
    await owner`select signal, decision_id from decisions where outcome = 'recorded' limit 1`;
  await owner`update decisions set comment = 'never said' where signal = ${decision?.['signal']}`;
  const [mail] = await owner`
    update mails set message_id = '<another@localhost>' where id = (select id from mails where state = 'sent' limit 1)
    returning application_id`;
  await owner.end();
  const secret = (await readMails(run.parts.mails)).flatMap(({ text }) => secretIn(text) ?? [])[0] ?? '';
  await appendFile(join(folder, 'logs', 'api.log'), `oops ${secret.slice(30, 60)}`);
  const wrong = await run.judge();
  expect(wrong).toContainEqual(expect.stringContaining(`${pending?.['id']} (lapsed): must be`));
  expect(wrong).toContainEqual(expect.stringContaining('nobody meant this'));
  expect(wrong).toContainEqual(
    expect.stringContaining(`${mail?.['applicationId'] ?? mail?.['application_id']}: mail`),
  );
  expect(wrong).toContainEqual(expect.stringMatching(/^a secret is in .*api\.log$/));
});
