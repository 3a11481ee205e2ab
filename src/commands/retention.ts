import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { erase, findErasable } from '../db/retention.ts';
import type { Environment } from '../settings.ts';

/** How many are looked at together; of a dry run, how many are listed. */
const batch = 1000;

/** Erases now what the schedule would erase next, or, as a dry run, lists it. */
export async function retention(env: Environment, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const { databaseUrl, regular } = readConfig(env);
  const years = regular.retentionYears;
  if (years === undefined) {
    console.log('Nothing is ever erased: RETENTION_YEARS is not set.');
    return 0;
  }
  const { db, close } = openDatabase(databaseUrl, { maxConnections: 1 });
  const now = new Date();
  let erased = 0;
  try {
    for (;;) {
      const found = await findErasable(db, years, now, batch);
      if (values['dry-run']) {
        for (const { type, id, why } of found) console.log(`${type} ${id}: ${why}`);
        console.log(
          `What is personal in these ${found.length} would be erased. People and clients may follow them.`,
        );
        return 0;
      }
      const before = erased;
      for (const each of found) if (await erase(db, each, years, now)) erased += 1;
      if (erased === before) break;
    }
    console.log(`What was personal in ${erased} of ${years} years ago and more has been erased.`);
    return 0;
  } finally {
    await close();
  }
}
