import type postgres from 'postgres';
import { expect } from 'vitest';
import { verifyChain } from '../../src/db/audit.ts';
import type { Database } from '../../src/db/database.ts';

/** Does something to the trail that only its owner can, looks what is found, and undoes it. */
export const tampering =
  (db: Database, owner: postgres.Sql) =>
  async (tamper: (sql: postgres.Sql) => Promise<unknown>, look: () => Promise<unknown>) => {
    await owner`alter table audit disable trigger user`;
    await owner`create table kept as table audit`;
    await tamper(owner);
    try {
      await look();
    } finally {
      await owner`delete from audit`;
      await owner`insert into audit select * from kept`;
      await owner`drop table kept`;
      await owner`alter table audit enable trigger user`;
    }
    expect(await verifyChain(db)).toMatchObject({ intact: true });
  };
