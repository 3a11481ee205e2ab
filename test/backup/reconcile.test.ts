import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { startParts } from '../chaos/parts.ts';
import { readMails } from '../chaos/record.ts';
import { apiKeyIn } from '../chaos/secrets.ts';
import { draft } from '../support/applications.ts';
import { runCommand } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';

// The rehearsal of docs/backup-and-restore.md on real parts: each side is set back to a cold copy while the other goes on.
const folder = await mkdtemp(join(tmpdir(), 'keygrant-restore-'));
const parts = await startParts(folder, { DELIVERY_DELAY: '1s' });
afterAll(async () => {
  await parts.stop();
  await rm(folder, { recursive: true, force: true });
});
const { env, as } = parts;
const path = (id: string) => `/v1/applications/${id}`;
const postgres = {
  part: 'postgres',
  from: join(folder, 'postgres', 'cluster'),
  to: join(folder, 'copy-postgres'),
} as const;
const temporal = { part: 'temporal', from: parts.temporalFile, to: join(folder, 'copy-temporal') } as const;
const run = promisify(execFile);

/** With its owner, who is not always the one who tests. */
const copy = (from: string, to: string) => run('cp', ['-a', from, to]);

async function backUp({ part, from, to }: typeof postgres | typeof temporal): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await parts.parts.get(part)?.during(async () => void (await copy(from, to)));
}

async function restore({ part, from, to }: typeof postgres | typeof temporal): Promise<void> {
  await parts.parts.get(part)?.during(async () => {
    for (const rest of ['', '-wal', '-shm']) await rm(`${from}${rest}`, { recursive: true, force: true });
    await copy(to, from);
  });
}

async function look(id: string) {
  // PostgreSQL may just have been restarted, and the API with it.
  return eventually(async () => {
    const answer = await as('dora')
      .get(path(id))
      .catch(() => undefined);
    return answer?.status === 200 ? answer.body : undefined;
  }, 30_000);
}

async function reached(id: string, state: string, level: number | null = null): Promise<void> {
  await eventually(async () => {
    const seen = await look(id);
    return (seen.state === state && seen.level === level) || undefined;
  }, 60_000);
}

async function insist(person: string, at: string, body?: unknown) {
  return eventually(async () => {
    const answer = await as(person)
      .post(at, body)
      .catch(() => undefined);
    return answer && answer.status < 500 ? answer : undefined;
  }, 30_000);
}

async function write(): Promise<string> {
  return (await insist('ann', '/v1/applications', draft())).body.id;
}

async function submit(id: string): Promise<void> {
  await insist('ann', `${path(id)}/submission`);
  await reached(id, 'pending', 1);
}

async function decide(person: string, id: string, verdict = 'approve'): Promise<void> {
  const { digest, level } = await look(id);
  const decision = { verdict, level, digest, comment: 'as rehearsed' };
  const { status } = await insist(person, `${path(id)}/decisions`, decision);
  expect([200, 202]).toContain(status);
}

/** One application in each place where it can stand. */
async function lineUp() {
  const open = async () => {
    const id = await write();
    await submit(id);
    return id;
  };
  const through = async (levels: number) => {
    const id = await open();
    await decide('ben', id);
    await reached(id, 'pending', 2);
    if (levels > 1) await decide('cleo', id);
    return id;
  };
  const [untouched, atFirst, returning, written, atSecond, held, over] = await Promise.all([
    open(),
    open(),
    open(),
    write(),
    through(1),
    through(2).then(async (id) => {
      await eventually(async () => (await look(id)).state === 'issued' || undefined);
      expect((await insist('ann', `${path(id)}/hold`)).status).toBe(200);
      return id;
    }),
    through(2).then(async (id) => {
      await reached(id, 'delivered');
      return id;
    }),
  ]);
  return { untouched, atFirst, returning, written, atSecond, held, over };
}

/** What happens after the copy was made. */
async function goOn(all: Awaited<ReturnType<typeof lineUp>>): Promise<void> {
  const { atFirst, returning, atSecond, written, held } = all;
  await Promise.all([
    decide('ben', atFirst).then(() => reached(atFirst, 'pending', 2)),
    decide('ben', returning, 'return').then(() => reached(returning, 'returned')),
    decide('cleo', atSecond).then(() => reached(atSecond, 'delivered')),
    submit(written),
    insist('ann', `${path(held)}/release`).then(() => reached(held, 'delivered')),
  ]);
}

/** The last approval, and what follows from it. */
async function finish(id: string): Promise<void> {
  await reached(id, 'pending', 2);
  await decide('cleo', id);
  await reached(id, 'delivered');
}

/** Those that reconcile names, and its exit code. */
async function reconcile(...words: string[]) {
  const { code, words: told, errors } = await runCommand({ env }, 'reconcile', ...words);
  expect(errors).toBe('');
  return { code, told, named: [...told.matchAll(/^(app_\w+): /gm)].map(([, id = '']) => id).toSorted() };
}

async function credentialsOf(id: string) {
  const mails = await readMails(parts.mails);
  return mails.flatMap(({ messageId, text }) => {
    const apiKey = text.includes(id) ? apiKeyIn(text) : undefined;
    return apiKey ? [{ messageId, apiKey }] : [];
  });
}

test('PostgreSQL older than Temporal: what differs is listed, repaired once, and goes on to its end', async () => {
  const all = await lineUp();
  expect(await reconcile()).toMatchObject({ code: 0, named: [] });
  await backUp(postgres);
  await goOn(all);
  const unknown = await write();
  await submit(unknown);
  const [lostKey] = await credentialsOf(all.atSecond);
  const [released] = await credentialsOf(all.held);

  await restore(postgres);
  const { untouched, over, ...touched } = all;
  await reached(all.atSecond, 'pending', 2);
  const different = [...Object.values(touched), unknown].toSorted();
  const listed = await reconcile();
  expect(listed).toMatchObject({ code: 1, named: different });
  expect(listed.told).toContain('its key is lost');
  expect(await reconcile('--repair')).toMatchObject({ code: 0, named: different });

  await reached(all.atFirst, 'pending', 2);
  await reached(all.returning, 'returned');
  await reached(all.written, 'pending', 1);
  for (const id of [all.atSecond, all.held]) await reached(id, 'delivered');
  // A key that the database lost is made anew and mailed; a mail that it did not know to have left is the same mail again.
  const { key } = await look(all.atSecond);
  const mailed = await credentialsOf(all.atSecond);
  expect(mailed.map(({ apiKey }) => apiKey)).toEqual(expect.arrayContaining([lostKey?.apiKey, key.apiKey]));
  expect(new Set(mailed.map(({ apiKey }) => apiKey)).size).toBe(2);
  expect(new Set((await credentialsOf(all.held)).map(({ messageId }) => messageId))).toEqual(
    new Set([released?.messageId]),
  );
  expect(await reconcile()).toMatchObject({ code: 0, named: [] });

  await Promise.all([untouched, all.written].map((id) => decide('ben', id)));
  await Promise.all([untouched, all.written, all.atFirst].map(finish));
  expect((await look(over)).state).toBe('delivered');
  expect((await runCommand({ env }, 'audit', 'verify')).code).toBe(0);
}, 240_000);

test('Temporal older than PostgreSQL, and Temporal lost: every application is taken up where the database has it', async () => {
  const all = await lineUp();
  await backUp(temporal);
  await goOn(all);
  const young = await write();
  await submit(young);
  const before = await credentialsOf(all.atSecond);

  await restore(temporal);
  const { untouched, over, ...touched } = all;
  const different = [...Object.values(touched), young].toSorted();
  const listed = await eventually(async () => {
    // The worker first does what it had under way.
    const now = await reconcile();
    // The mail that was held may have left by itself by then: its workflow only has to look at the database again.
    const certain = different.filter((id) => id !== all.held);
    return certain.every((id) => now.named.includes(id)) ? now : undefined;
  }, 60_000);
  expect(listed.code).toBe(1);
  expect(different).toEqual(expect.arrayContaining(listed.named));
  // One that was about to catch up by itself may have done so in between.
  const repaired = await reconcile('--repair');
  expect(repaired.code).toBe(0);
  expect(different).toEqual(expect.arrayContaining(repaired.named));
  await eventually(async () => ((await reconcile()).code === 0 ? true : undefined), 60_000);
  expect(await credentialsOf(all.atSecond)).toEqual(before);

  await decide('ben', untouched);
  await reached(untouched, 'pending', 2);
  await parts.parts.get('temporal')?.during(async () => {
    for (const rest of ['', '-wal', '-shm']) await rm(`${parts.temporalFile}${rest}`, { force: true });
  });
  // It registers what Temporal has forgotten, too.
  await parts.parts.get('worker')?.during(async () => {});
  const waiting = [untouched, all.atFirst, all.written, young].toSorted();
  expect(await reconcile('--repair')).toMatchObject({ code: 0, named: waiting });
  await Promise.all([all.written, young].map((id) => decide('ben', id)));
  await Promise.all(waiting.map(finish));
  for (const id of waiting)
    expect(new Set((await credentialsOf(id)).map(({ apiKey }) => apiKey)).size).toBe(1);
  expect((await look(over)).state).toBe('delivered');
  expect(await reconcile()).toMatchObject({ code: 0, named: [] });
}, 240_000);
