import { readConfig } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import type { Environment } from '../settings.ts';
import { openClient } from '../temporal/connection.ts';
import { createExecutions } from '../temporal/executions.ts';
import { linesOf } from './findings.ts';
import { stuckRecords } from './stuck-records.ts';
import { stuckWorkflows } from './stuck-workflows.ts';

/**
 * Lists in words what does not go on by itself, and what to do about each. It only looks.
 * @returns 0 where nothing is stuck, 1 where something is, 2 where PostgreSQL or Temporal could not be asked
 */
export async function stuck(env: Environment): Promise<number> {
  const { databaseUrl, temporal, timeZone } = readConfig(env);
  const { db, close } = openDatabase(databaseUrl, { maxConnections: 2 });
  const client = openClient(temporal);
  const now = new Date();
  try {
    const executions = createExecutions(client.client, temporal.taskQueue);
    const [records, workflows] = await Promise.allSettled([
      stuckRecords(db, timeZone, now),
      stuckWorkflows(db, executions, temporal.taskQueue, now),
    ]);
    const findings = [records, workflows].flatMap((part) => (part.status === 'fulfilled' ? part.value : []));
    for (const line of linesOf(findings)) console.log(line);
    if (records.status === 'rejected')
      console.error('PostgreSQL does not answer, or not as it should: look at DATABASE_URL.');
    if (workflows.status === 'rejected')
      console.error(`Temporal does not answer at ${temporal.address}: see that it is up.`);
    if (records.status === 'rejected' || workflows.status === 'rejected') return 2;
    if (findings.length === 0) console.log('Nothing is stuck.');
    return findings.length === 0 ? 0 : 1;
  } finally {
    await client.close();
    await close();
  }
}
