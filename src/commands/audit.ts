import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { checkpointVerifiers } from '../crypto/checkpoint-keys.ts';
import { verifierText } from '../crypto/notes.ts';
import { verifyChain } from '../db/audit.ts';
import { compareCheckpoints, writeCheckpoint } from '../db/checkpoints.ts';
import { openDatabase } from '../db/database.ts';
import type { Environment } from '../settings.ts';

/**
 * Walks the audit chain and compares it with every checkpoint, those of files included. Prints its head, or everything that
 * is not as it should be.
 */
export async function auditVerify(env: Environment, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { checkpoint: { type: 'string', multiple: true, default: [] } },
  });
  const files = await Promise.all(
    values.checkpoint.map(async (file) => ({
      name: `The checkpoint in ${file}`,
      note: await readFile(file, 'utf8'),
    })),
  );
  const { databaseUrl, masterKeys, retiredAuditKeys } = readConfig(env);
  const { db, close } = openDatabase(databaseUrl, { maxConnections: 1 });
  try {
    const report = await verifyChain(db);
    if (!report.intact) {
      console.log(`The audit chain is broken at row ${report.brokenAt}: ${report.why}.`);
      return 1;
    }
    console.log(`The audit chain is intact: ${report.rows} rows, head ${report.head}.`);
    if (report.erased > 0)
      console.log(`What was personal in ${report.erased} of them has been erased, on record.`);
    const { compared, differences } = await compareCheckpoints(db, masterKeys, retiredAuditKeys, files);
    for (const difference of differences) console.log(difference);
    if (differences.length > 0) return 1;
    console.log(`It agrees with ${compared} signed checkpoint${compared === 1 ? '' : 's'}.`);
    return 0;
  } finally {
    await close();
  }
}

/** Signs where the chain stands now, and prints the note. */
export async function auditCheckpoint(env: Environment, args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args] });
  const { databaseUrl, masterKeys } = readConfig(env);
  const { db, close } = openDatabase(databaseUrl, { maxConnections: 1 });
  try {
    const note = await writeCheckpoint(db, masterKeys);
    if (note === undefined) {
      console.error('There is nothing on record yet.');
      return 1;
    }
    process.stdout.write(note);
    return 0;
  } finally {
    await close();
  }
}

/** Prints the public key that checks the checkpoints signed now. */
export async function auditKey(env: Environment, args: readonly string[]): Promise<number> {
  parseArgs({ args: [...args] });
  const [newest] = checkpointVerifiers(readConfig(env).masterKeys);
  if (newest) console.log(verifierText(newest));
  return 0;
}
