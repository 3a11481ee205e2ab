import { and, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { livingKeys } from '../db/key-life.ts';
import { keys } from '../db/schema/keys.ts';
import { keyWorkflowId } from '../domain/ids.ts';
import type { createExecutions } from '../temporal/executions.ts';

/** A worker starts the workflow of a new key within moments. */
const promptMs = 60_000;

/**
 * Keys in use that no workflow looks after: nobody is reminded, and no grace ends in their history.
 * @param running ids of workflows known to run; the others are asked for one by one, since Temporal's index lags behind
 */
export async function lostKeys(
  db: Database,
  executions: Pick<ReturnType<typeof createExecutions>, 'find'>,
  running: ReadonlySet<string>,
  now: Date,
): Promise<string[]> {
  const living = await livingKeys(db, new Date(now.getTime() - promptMs));
  const lost: string[] = [];
  for (const id of living.filter((each) => !running.has(keyWorkflowId(each)))) {
    const execution = await executions.find(keyWorkflowId(id));
    if (execution?.status !== 'RUNNING') lost.push(id);
  }
  // What has ended meanwhile needs none.
  const still = await db
    .select({ id: keys.id })
    .from(keys)
    .where(and(inArray(keys.id, lost), isNull(keys.revokedAt), isNull(keys.expiredAt)));
  return still.map(({ id }) => id);
}
