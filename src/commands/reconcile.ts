import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { isSigned } from '../crypto/master-keys.ts';
import { openDatabase } from '../db/database.ts';
import { decisionPurpose, decisionText } from '../domain/decision.ts';
import type { Environment } from '../settings.ts';
import { createApplicationProcesses } from '../temporal/applications.ts';
import { openClient } from '../temporal/connection.ts';
import { createExecutions } from '../temporal/executions.ts';
import { type Found, findGaps } from './gaps.ts';
import { repair } from './repairs.ts';

/** What is on its way when it is first looked at has arrived by then. */
const pauseMs = 2_000;

/**
 * After PostgreSQL or Temporal was restored from a backup: lists every application that the two do not agree on, and with
 * `--repair` makes them agree, one after the other, each on record. A worker must run, so that what can go on by itself does.
 * @returns 0 where all agrees or was repaired, 1 where something is left
 */
export async function reconcile(env: Environment, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { repair: { type: 'boolean', default: false } } });
  const { databaseUrl, masterKeys, temporal } = readConfig(env);
  const { db, close } = openDatabase(databaseUrl, { maxConnections: 2 });
  const { client, close: disconnect } = openClient(temporal);
  try {
    const processes = createApplicationProcesses(client, temporal.taskQueue);
    const executions = createExecutions(client, temporal.taskQueue);
    await executions.reach();
    const look = (only?: ReadonlySet<string>) =>
      findGaps(
        { db, client, executions, taskQueue: temporal.taskQueue, only },
        (id) => (decision) =>
          decision.applicationId === id &&
          isSigned(masterKeys, decisionPurpose, decisionText(decision), decision.signature),
      );
    const first = await look();
    const gaps = first.length === 0 ? [] : await lookAgain(look, first);
    if (gaps.length === 0) {
      console.log('PostgreSQL and Temporal agree on every application.');
      return 0;
    }
    let left = 0;
    for (const found of gaps) {
      console.log(`${found.id}: ${found.gap.why.join('; ')}.`);
      if (!values.repair) continue;
      try {
        console.log(`  ${await repair(db, processes, found)}.`);
      } catch (error) {
        left += 1;
        console.log(`  It could not be repaired: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const count = `${gaps.length} application${gaps.length === 1 ? '' : 's'}`;
    console.log(
      values.repair
        ? `${gaps.length - left} of ${count} repaired. Run it once more in a minute: it should find nothing.`
        : `${count} to repair: run it again with --repair.`,
    );
    return values.repair && left === 0 ? 0 : 1;
  } finally {
    await disconnect();
    await close();
  }
}

/** Only what is still so is a difference: the rest was on its way. */
async function lookAgain(
  look: (only: ReadonlySet<string>) => Promise<Found[]>,
  first: readonly Found[],
): Promise<Found[]> {
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
  return look(new Set(first.map(({ id }) => id)));
}
