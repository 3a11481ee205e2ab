import type { Client } from '@temporalio/client';
import { isSigned, type MasterKeys } from '../crypto/master-keys.ts';
import type { Database } from '../db/database.ts';
import { carriedApplications, onRecord } from '../db/on-record.ts';
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
  for (const id of await carriedApplications(db)) {
    if (workflows.some(({ workflowId }) => workflowId === id) || (await isRunning(client, id))) continue;
    const { application } = await onRecord(db, id);
    differences.push(`${id} is ${application?.state}, and Temporal has no workflow that carries it on.`);
  }
  return { compared: workflows.length, differences };

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
