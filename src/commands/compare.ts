import type { Client } from '@temporalio/client';
import { isSigned, type MasterKeys } from '../crypto/master-keys.ts';
import type { Database } from '../db/database.ts';
import { onRecord } from '../db/on-record.ts';
import { carriedApplications } from '../db/stuck.ts';
import { differencesOf } from '../domain/comparison.ts';
import { decisionPurpose, decisionText } from '../domain/decision.ts';
import { isRunning, type Retained, retainedWorkflows, runsOf } from '../temporal/histories.ts';

/** How many workflows are compared between two lines of progress. */
const stride = 500;

/**
 * Compares what the database has on record with every history that Temporal still keeps: decisions, states, and that each
 * has the other.
 * @returns how many were compared, and every difference in words
 */
export async function compareWithTemporal(
  {
    db,
    client,
    taskQueue,
    masterKeys,
  }: { db: Database; client: Client; taskQueue: string; masterKeys: MasterKeys },
  say: (line: string) => void,
): Promise<{ compared: number; differences: string[] }> {
  const workflows = await retainedWorkflows(client, taskQueue);
  const differences: string[] = [];
  for (const [at, workflow] of workflows.entries()) {
    if (at > 0 && at % stride === 0) say(`${at} of ${workflows.length} histories compared …`);
    const found = await compare(workflow);
    if (found.length === 0) continue;
    // What goes on meanwhile looks like a difference once, and is none.
    const again = await compare(workflow);
    differences.push(...found.filter((difference) => again.includes(difference)));
  }
  for (const id of await uncarried()) {
    const { application } = await onRecord(db, id);
    differences.push(`${id} is ${application?.state}, and Temporal has no workflow that carries it on.`);
  }
  return { compared: workflows.length, differences };

  /** Applications that no workflow is kept for, though one must carry them; asked twice, since they may end meanwhile. */
  async function uncarried(): Promise<string[]> {
    const missing: string[] = [];
    for (const { id } of await carriedApplications(db, new Date()))
      if (!workflows.some(({ workflowId }) => workflowId === id) && !(await isRunning(client, id)))
        missing.push(id);
    if (missing.length === 0) return [];
    const still = await carriedApplications(db, new Date());
    return missing.filter((id) => still.some((row) => row.id === id));
  }

  /** Histories first: what they hold was in the database before. */
  async function compare(workflow: Retained): Promise<string[]> {
    const id = workflow.workflowId;
    const runs = await runsOf(client, workflow);
    const record = await onRecord(db, id);
    return differencesOf(
      id,
      record,
      runs,
      (decision) =>
        decision.applicationId === id &&
        isSigned(masterKeys, decisionPurpose, decisionText(decision), decision.signature),
    );
  }
}
