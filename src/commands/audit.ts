import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.ts';
import { checkpointVerifiers } from '../crypto/checkpoint-keys.ts';
import { verifierText } from '../crypto/notes.ts';
import { verifyChain } from '../db/audit.ts';
import { compareCheckpoints, writeCheckpoint } from '../db/checkpoints.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { decisionsOffRecord } from '../db/on-record.ts';
import type { Environment } from '../settings.ts';
import { openClient } from '../temporal/connection.ts';
import { compareWithTemporal } from './compare.ts';

/**
 * Walks the audit chain and compares it with every checkpoint, those of files included, and, if asked to, the decisions with
 * Temporal's histories, which takes longer and needs Temporal. Prints its head, or everything that is not as it should be.
 */
export async function auditVerify(env: Environment, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      checkpoint: { type: 'string', multiple: true, default: [] },
      temporal: { type: 'boolean', default: false },
    },
  });
  const files = await Promise.all(
    values.checkpoint.map(async (file) => ({
      name: `The checkpoint in ${file}`,
      note: await readFile(file, 'utf8'),
    })),
  );
  const config = readConfig(env);
  const { databaseUrl, masterKeys, retiredAuditKeys } = config;
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
    differences.push(...(await decisionsOffRecord(db)));
    for (const difference of differences) console.log(difference);
    if (differences.length === 0)
      console.log(
        `It agrees with every decision, and with ${compared} signed checkpoint${compared === 1 ? '' : 's'}.`,
      );
    const agrees = values.temporal ? await agreesWithTemporal(config, db) : true;
    return differences.length === 0 && agrees ? 0 : 1;
  } finally {
    await close();
  }
}

async function agreesWithTemporal({ temporal, masterKeys }: Config, db: Database): Promise<boolean> {
  const { client, close } = openClient(temporal);
  try {
    const { taskQueue } = temporal;
    const { compared, differences } = await compareWithTemporal(
      { db, client, taskQueue, masterKeys },
      console.error,
    );
    for (const difference of differences) console.log(difference);
    if (differences.length === 0) console.log(`It agrees with ${compared} of Temporal's histories.`);
    return differences.length === 0;
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
    console.log(note.trimEnd());
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
