import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { isSigned } from '../crypto/master-keys.ts';
import { openDatabase } from '../db/database.ts';
import { decisionPurpose, decisionText } from '../domain/decision.ts';
import type { Environment } from '../settings.ts';
import { createApplicationProcesses } from '../temporal/applications.ts';
import { openClient } from '../temporal/connection.ts';
import { createExecutions } from '../temporal/executions.ts';
import { createKeyProcesses } from '../temporal/keys.ts';
import { type Found, findGaps } from './gaps.ts';
import { lostKeys } from './lost-keys.ts';
import { repair } from './repairs.ts';

/** What is on its way when it is first looked at has arrived by then. */
const pauseMs = 2_000;

/**
 * After PostgreSQL or Temporal was restored from a backup: lists every application that the two do not agree on, and with
 * `--repair` makes them agree, one after the other, each on record, and starts the workflows of keys in use. A worker must run, so that what can go on by itself does.
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
    const lost = await lostKeys(db, executions, new Set(), new Date());
    if (gaps.length === 0 && lost.length === 0) {
      console.log(
        'PostgreSQL and Temporal agree on every application, and every key in use has its workflow.',
      );
      return 0;
    }
    const keys = createKeyProcesses(client, temporal.taskQueue);
    for (const id of lost) {
      console.log(`${id}: it is in use, and no workflow looks after it.`);
      if (!values.repair) continue;
      await keys.look(id);
      console.log('  Started its workflow again.');
    }
    if (gaps.length === 0) {
      if (!values.repair)
        console.log(`${counted(lost.length, 'key')} to repair: run it again with --repair.`);
      return values.repair ? 0 : 1;
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
    const count = counted(gaps.length, 'application');
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

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Only what is still so is a difference: the rest was on its way. */
async function lookAgain(
  look: (only: ReadonlySet<string>) => Promise<Found[]>,
  first: readonly Found[],
): Promise<Found[]> {
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
  return look(new Set(first.map(({ id }) => id)));
}
