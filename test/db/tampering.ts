import type postgres from 'postgres';
import { expect } from 'vitest';
import { sha256 } from '../../src/crypto/digest.ts';
import { verifyChain } from '../../src/db/audit.ts';
import type { Database } from '../../src/db/database.ts';
import { auditText, genesis } from '../../src/domain/audit.ts';

const tables = ['audit', 'audit_checkpoints'] as const;

/** Does something to the trail that only its owner can, looks what is found, and undoes it. */
export const tampering =
  (db: Database, owner: postgres.Sql) =>
  async (tamper: (sql: postgres.Sql) => Promise<unknown>, look: () => Promise<unknown>) => {
    await unguarded(owner, async () => {
      for (const table of tables) await owner.unsafe(`create table kept_${table} as table ${table}`);
      await tamper(owner);
      try {
        await look();
      } finally {
        for (const table of tables) {
          await owner.unsafe(`delete from ${table}`);
          await owner.unsafe(`insert into ${table} select * from kept_${table}`);
          await owner.unsafe(`drop table kept_${table}`);
        }
      }
    });
    expect(await verifyChain(db)).toMatchObject({ intact: true });
  };

/** Does what the triggers would not let even the owner do. */
export async function unguarded(owner: postgres.Sql, act: () => Promise<unknown>): Promise<void> {
  for (const table of tables) await owner.unsafe(`alter table ${table} disable trigger user`);
  await act().finally(async () => {
    for (const table of tables) await owner.unsafe(`alter table ${table} enable trigger user`);
  });
}

/** Makes the chain hold again after its rows were changed, as an owner would who covers their tracks. */
export async function rechain(owner: postgres.Sql): Promise<void> {
  let previous = genesis;
  for (const row of await owner`select * from audit order by seq`) {
    previous = sha256(
      auditText(previous, {
        seq: Number(row['seq']),
        at: row['at'].toISOString(),
        action: row['action'],
        actor: row['actor'],
        via: row['via'],
        subject: { type: row['subject_type'], id: row['subject_id'] },
        requestId: row['request_id'],
        details: row['details'],
        format: row['format'],
        commitment: row['commitment'],
      }),
    );
    await owner`update audit set hash = ${previous} where seq = ${row['seq']}`;
  }
}
