import { readConfig } from '../config.ts';
import { verifyChain } from '../db/audit.ts';
import { openDatabase } from '../db/database.ts';
import type { Environment } from '../settings.ts';

/** Walks the audit chain; prints its head, which can be noted elsewhere, or the first row that is not as written. */
export async function auditVerify(env: Environment): Promise<number> {
  const { db, close } = openDatabase(readConfig(env).databaseUrl, { maxConnections: 1 });
  try {
    const report = await verifyChain(db);
    if (report.intact) {
      console.log(`The audit chain is intact: ${report.rows} rows, head ${report.head}.`);
      return 0;
    }
    console.log(`The audit chain is broken at row ${report.brokenAt}: ${report.why}.`);
    return 1;
  } finally {
    await close();
  }
}
