import postgres from 'postgres';
import { expect, test } from 'vitest';
import { appendAudit, verifyChain } from '../../src/db/audit.ts';
import { draft } from '../support/applications.ts';
import { runCommand } from '../support/command.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { tampering } from './tampering.ts';

const keygrant = await startKeygrant({ worker: false });
const dora = keygrant.as('dora');
const ada = keygrant.as('ada');
await Promise.all(
  [...Array(30).keys()].map((n) =>
    n % 2
      ? ada.post('/v1/applications', draft({ keyName: `Number ${n}` }))
      : dora.post('/v1/clients', { id: `client-${n}`, name: `Client ${n}`, emails: [`c${n}@example.com`] }),
  ),
);

const owner = postgres(keygrant.ownerUrl, { max: 1, onnotice: () => {} });
const tampered = tampering(keygrant.db, owner);

test('changes at the same moment make one chain without gaps, each with its own line', async () => {
  const [count] = await owner`select count(*)::int, max(seq)::int from audit`;
  expect(count?.['count']).toBe(count?.['max']);
  const report = await verifyChain(keygrant.db);
  const [last] = await owner`select hash from audit order by seq desc limit 1`;
  expect(report).toEqual({ intact: true, rows: count?.['count'], head: last?.['hash'], erased: 0 });
  expect(await verifyChain(keygrant.db, 7)).toEqual(report);
  const [lines] =
    await owner`select count(*)::int from audit where action in ('application.drafted', 'client.added')`;
  expect(lines?.['count']).toBe(32);
});

test('details hold in the chain as the database gives them back, whatever was put into them', async () => {
  await keygrant.db.transaction((tx) =>
    appendAudit(tx, {
      action: 'test.happened',
      actor: 'dora',
      via: null,
      subject: { type: 'test', id: 'x' },
      requestId: null,
      details: {
        startsAt: new Date(),
        nested: [{ at: new Date(0), nothing: undefined }, undefined],
        state: new Date(1),
      },
    }),
  );
  expect(await verifyChain(keygrant.db)).toMatchObject({ intact: true });
});

test.each([
  ['at', "interval '1 millisecond' + at"],
  ['action', "'client.changed'"],
  ['actor', "'mallory'"],
  ['via', "'portal'"],
  ['subject_type', "'api'"],
  ['subject_id', "'other'"],
  ['request_id', 'null'],
  ['details', `'{"name":"Other"}'`],
  ['hash', "repeat('0', 64)"],
  ['format', '1'],
  ['personal', `'{"name":"Other"}'`],
  ['personal', 'null'],
  ['salt', "repeat('a', 43)"],
  ['salt', 'null'],
  ['commitment', "repeat('0', 64)"],
  ['commitment', 'null'],
])('a changed %s breaks the chain at its row', async (column, value) => {
  await tampered(
    (sql) => sql.unsafe(`update audit set ${column} = ${value} where seq = 20`),
    async () => expect(await verifyChain(keygrant.db, 6)).toMatchObject({ intact: false, brokenAt: 20 }),
  );
});

test.each<[string, string, number]>([
  ['a missing row', 'delete from audit where seq = 20', 20],
  ['a missing first row', 'delete from audit where seq = 1', 1],
  [
    'a missing row that was closed up',
    'delete from audit where seq = 20; update audit set seq = seq - 1 where seq = 21; delete from audit where seq > 21',
    20,
  ],
  [
    'two rows that changed places',
    'update audit set seq = 1000 where seq = 20; update audit set seq = 20 where seq = 21; update audit set seq = 21 where seq = 1000',
    20,
  ],
  [
    'a row put in at the end',
    "insert into audit select max(seq) + 1, now(), 'a', 'b', null, 't', 'i', null, '{}', repeat('a', 64), 2 from audit",
    0,
  ],
])('%s breaks the chain there', async (_, statements, brokenAt) => {
  const [last] = await owner`select max(seq)::int from audit`;
  await tampered(
    (sql) => sql.unsafe(statements),
    async () => {
      const expected = brokenAt === 0 ? Number(last?.['max']) + 1 : brokenAt;
      expect(await verifyChain(keygrant.db)).toMatchObject({ intact: false, brokenAt: expected });
    },
  );
});

test('rows cut from the end show against a head that was noted', async () => {
  const noted = await verifyChain(keygrant.db);
  await tampered(
    (sql) => sql`delete from audit where seq > 20`,
    async () => {
      const report = await verifyChain(keygrant.db);
      expect(report).toMatchObject({ intact: true, rows: 20 });
      expect(report).not.toEqual(noted);
    },
  );
});

test("the service's own login can only add to the trail, and delete no key, decision or person", async () => {
  const service = postgres(keygrant.config.databaseUrl, { max: 1, onnotice: () => {} });
  const refused = [
    'update audit set actor = null',
    'delete from audit',
    'truncate audit',
    'drop table audit',
    'alter table audit disable trigger all',
    'drop trigger audit_append_only on audit',
    'drop trigger audit_only_erased on audit',
    'update audit set personal = null, salt = null',
    'update decisions set comment = null',
    'update audit_checkpoints set note = null',
    'delete from audit_checkpoints',
    'delete from keys',
    'delete from decisions',
    'delete from people',
    'delete from clients',
    'delete from mails',
    'update decisions set outcome = null',
    'update flows set name = null',
    'delete from flow_levels',
    'create table mine (id int)',
    'create role mine',
    'set role postgres',
  ];
  for (const statement of refused) {
    await expect(service.unsafe(statement), statement).rejects.toThrow(
      /permission denied|must be owner|must be able/,
    );
  }
  await service.end();
});

test('not even the owner changes a row by mistake', async () => {
  for (const statement of ['update audit set actor = actor', 'delete from audit', 'truncate audit']) {
    await expect(owner.unsafe(statement), statement).rejects.toThrow(
      'audit rows are never changed or removed',
    );
  }
});

test('the command proves the chain, or names the first broken row, in words and by its exit code', async () => {
  const intact = await verifyChain(keygrant.db);
  const proof = await runCommand(keygrant, 'audit', 'verify');
  expect(proof).toMatchObject({ code: 0, errors: '' });
  expect(proof.words).toBe(
    `The audit chain is intact: ${intact.intact && intact.rows} rows, head ${intact.intact && intact.head}.\nIt agrees with every decision, and with 0 signed checkpoints.\n`,
  );
  await tampered(
    (sql) => sql`update audit set actor = 'ada' where seq = 5`,
    async () => {
      const broken = await runCommand(keygrant, 'audit', 'verify');
      expect(broken.code).toBe(1);
      expect(broken.words).toMatch(/^The audit chain is broken at row 5: /);
    },
  );
  await owner.end();
});
