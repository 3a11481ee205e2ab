import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScheduleNotFoundError } from '@temporalio/client';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { openNote, parseVerifier } from '../../src/crypto/notes.ts';
import { auditCheckpoints } from '../../src/db/schema/audit.ts';
import { checkpointSchedule, keepSchedules } from '../../src/temporal/schedules.ts';
import { draft } from '../support/applications.ts';
import { runHere } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { masterKey } from '../support/settings.ts';
import { rechain, tampering } from './tampering.ts';

const keygrant = await startKeygrant({ env: { MASTER_KEYS: `1:${masterKey()}` } });
const owner = postgres(keygrant.ownerUrl, { max: 1, onnotice: () => {} });
const tampered = tampering(keygrant.db, owner);
const folder = await mkdtemp(join(tmpdir(), 'keygrant-checkpoints-'));
const { taskQueue } = keygrant.config.temporal;
afterAll(async () => {
  await keepSchedules(keygrant.client, taskQueue, { checkpointHours: 0, retentionYears: undefined });
  await owner.end();
  await rm(folder, { recursive: true });
});

const happen = () => keygrant.as('ada').post('/v1/applications', draft());
const verify = (...args: string[]) => runHere(keygrant, 'audit', 'verify', ...args);
/** Takes a checkpoint and keeps it in a file, as somebody outside would. */
async function takeCheckpoint(name: string) {
  const { code, words } = await runHere(keygrant, 'audit', 'checkpoint');
  expect(code).toBe(0);
  const file = join(folder, name);
  await writeFile(file, words);
  return { note: words, file, rows: Number(/^rows (\d+)$/m.exec(words)?.[1]) };
}

test('signed notes are those of the C2SP: its own example opens, and what we sign opens with nothing but the printed key', async () => {
  const verifier = parseVerifier('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
  const example =
    'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  expect(openNote(example, verifier ? [verifier] : [])).toBe('This is an example message.\n');
  expect(openNote(example.replace('This', 'That'), verifier ? [verifier] : [])).toBeUndefined();
  expect(
    parseVerifier('example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'),
  ).toBeUndefined();

  await happen();
  const { note } = await takeCheckpoint('first');
  const printed = (await runHere(keygrant, 'audit', 'key')).words.trim();
  const bytes = Buffer.from(printed.split('+').slice(2).join('+'), 'base64').subarray(1);
  const [text, line] = note.split('\n\n');
  const signature = Buffer.from(String(line?.split(' ')[2]), 'base64').subarray(4);
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  expect(verifySignature(null, Buffer.from(`${text}\n`), key, signature)).toBe(true);
  const again = await takeCheckpoint('same');
  expect(again.note).toBe(note);
});

test('checkpoints are taken by a schedule, leave by log and Temporal, and the proof says with how many it agrees', async () => {
  await keepSchedules(keygrant.client, taskQueue, { checkpointHours: 6, retentionYears: undefined });
  // Every worker does this at its start.
  await keepSchedules(keygrant.client, taskQueue, { checkpointHours: 12, retentionYears: undefined });
  const schedule = keygrant.client.schedule.getHandle(checkpointSchedule(taskQueue));
  const { spec, policies } = await schedule.describe();
  expect([spec.intervals?.map(({ every }) => every), policies.overlap]).toEqual([[12 * 3_600_000], 'SKIP']);
  await happen();
  const before = await keygrant.db.select().from(auditCheckpoints);
  await schedule.trigger();
  const taken = await eventually(async () => {
    const rows = await keygrant.db.select().from(auditCheckpoints).orderBy(auditCheckpoints.rows);
    return rows.length > before.length ? rows.at(-1) : undefined;
  });
  const { info } = await schedule.describe();
  const [action] = info.recentActions;
  const result = await keygrant.client.workflow
    .getHandle(String(action?.action.workflow.workflowId))
    .result();
  expect(result).toBe(taken?.note);
  expect(keygrant.log.some((line) => line.includes(JSON.stringify(taken?.note)))).toBe(true);
  const proof = await verify('--checkpoint', join(folder, 'first'));
  expect([proof.code, proof.words]).toEqual([
    0,
    expect.stringContaining(`, and with ${before.length + 2} signed checkpoints.`),
  ]);

  await keepSchedules(keygrant.client, taskQueue, { checkpointHours: 0, retentionYears: undefined });
  await expect(schedule.describe()).rejects.toBeInstanceOf(ScheduleNotFoundError);
});

test('rows cut off the end are found against a checkpoint kept elsewhere, even where the stored one went with them', async () => {
  await happen();
  const { file, rows } = await takeCheckpoint('tail');
  await tampered(
    (sql) =>
      sql.unsafe(
        `delete from audit where seq >= ${rows}; delete from audit_checkpoints where rows >= ${rows}`,
      ),
    async () => {
      expect((await verify()).code).toBe(0);
      const proof = await verify('--checkpoint', file);
      expect(proof.code).toBe(1);
      expect(proof.words).toMatch(
        new RegExp(`checkpoint in .*tail saw ${rows} rows at .*: rows were cut off its end`),
      );
    },
  );
  await tampered(
    (sql) => sql`delete from audit where seq >= ${rows}`,
    async () =>
      expect((await verify()).words).toContain(`The stored checkpoint of ${rows} rows saw ${rows} rows`),
  );
});

test('a chain that its owner rewrote so that it holds is found by the stored checkpoints', async () => {
  await tampered(
    async (sql) => {
      await sql`update audit set actor = 'nobody' where seq = 3`;
      await rechain(sql);
    },
    async () => {
      const proof = await verify();
      expect([proof.code, proof.words]).toEqual([1, expect.stringContaining('the chain was rewritten')]);
    },
  );
  await tampered(
    async (sql) => {
      await sql`update audit set actor = 'nobody' where seq = 1`;
      await rechain(sql);
    },
    async () => expect((await verify()).words).toContain('is of another chain'),
  );
});

test('a stored checkpoint that was removed, replaced or put in is found', async () => {
  const rows = Math.min(...(await keygrant.db.select().from(auditCheckpoints)).map((row) => row.rows));
  const cases: [string, RegExp][] = [
    [
      `delete from audit_checkpoints where rows = ${rows}`,
      new RegExp(`checkpoint of ${rows} rows is missing, though row ${rows + 1} tells`),
    ],
    [
      `update audit_checkpoints set note = replace(note, 'rows ${rows}', 'rows 2') where rows = ${rows}`,
      /is not signed by a key/,
    ],
    [
      `update audit_checkpoints set note = (select note from audit_checkpoints where rows > ${rows} limit 1) where rows = ${rows}`,
      /is not what it is called/,
    ],
    [
      `insert into audit_checkpoints select 2, at, note from audit_checkpoints where rows = ${rows}`,
      /of 2 rows is told of nowhere/,
    ],
  ];
  for (const [statement, words] of cases) {
    await tampered(
      (sql) => sql.unsafe(statement),
      async () => {
        const proof = await verify();
        expect([statement, proof.code, proof.words]).toEqual([statement, 1, expect.stringMatching(words)]);
      },
    );
  }
  expect((await verify()).code).toBe(0);
});

test('after the master key has gone, its public key still checks what it signed', async () => {
  const env = { ...keygrant.env, MASTER_KEYS: `2:${masterKey()}` };
  const alone = await runHere({ env }, 'audit', 'verify');
  expect([alone.code, alone.words]).toEqual([1, expect.stringContaining('AUDIT_PUBLIC_KEYS')]);
  const key = (await runHere(keygrant, 'audit', 'key')).words.trim();
  const helped = await runHere({ env: { ...env, AUDIT_PUBLIC_KEYS: key } }, 'audit', 'verify');
  expect([helped.code, helped.errors]).toEqual([0, '']);
  const nonsense = await runHere({ env: { ...env, AUDIT_PUBLIC_KEYS: 'x' } }, 'audit', 'verify');
  expect([nonsense.code, nonsense.errors]).toEqual([
    2,
    expect.stringContaining('AUDIT_PUBLIC_KEYS must be public keys'),
  ]);
});
