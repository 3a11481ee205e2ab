import type { Client } from '@temporalio/client';
import { and, eq } from 'drizzle-orm';
import type { ApplicationRow } from '../db/applications.ts';
import type { Database } from '../db/database.ts';
import { onRecord } from '../db/on-record.ts';
import { applications } from '../db/schema/applications.ts';
import { audit } from '../db/schema/audit.ts';
import { carriedApplications } from '../db/stuck.ts';
import { keyOf } from '../db/trails.ts';
import type { Run } from '../domain/comparison.ts';
import type { SignedDecision } from '../domain/decision.ts';
import { type Gap, gapOf } from '../domain/reconciliation.ts';
import type { createExecutions } from '../temporal/executions.ts';
import { type Retained, retainedWorkflows, runsOf } from '../temporal/histories.ts';

/** How the audit trail calls that an application was given up, since the database had lost it. */
export const givenUp = 'application.given-up';

/** An application that PostgreSQL and Temporal do not agree on. */
export interface Found {
  id: string;
  gap: Gap;
  row: ApplicationRow | undefined;
  runs: Run[];
}

/** Where and what to look at. */
interface Sources {
  db: Database;
  client: Client;
  executions: ReturnType<typeof createExecutions>;
  taskQueue: string;
  /** Only these applications. */
  only: ReadonlySet<string> | undefined;
}

/** Every application that PostgreSQL and Temporal do not agree on: those that Temporal keeps, and those that it should. */
export async function findGaps(
  { db, client, executions, taskQueue, only }: Sources,
  isGenuineFor: (id: string) => (decision: SignedDecision) => boolean,
): Promise<Found[]> {
  const retained = new Map(
    (await retainedWorkflows(client, taskQueue)).map((each) => [each.workflowId, each]),
  );
  const carried = new Set((await carriedApplications(db, new Date())).map(({ id }) => id));
  const found: Found[] = [];
  for (const id of new Set([...retained.keys(), ...carried])) {
    if (only && !only.has(id)) continue;
    const one = await look(id, retained.get(id));
    if (one) found.push(one);
  }
  return found;

  async function look(id: string, workflow: Retained | undefined): Promise<Found | undefined> {
    const execution = await executions.find(id);
    // The index of workflows lags behind; the server itself does not.
    const runIds = new Set([...(workflow?.runIds ?? []), ...(execution ? [execution.runId] : [])]);
    const runs = await runsOf(client, { workflowId: id, runIds: [...runIds] });
    const [row] = await db.select().from(applications).where(eq(applications.id, id));
    const [lost] = await db
      .select({ seq: audit.seq })
      .from(audit)
      .where(and(eq(audit.subjectId, id), eq(audit.action, givenUp)));
    const gap = gapOf(
      {
        record: await onRecord(db, id),
        carried: carried.has(id),
        keyed: row !== undefined && (await keyOf(db, row)) !== undefined,
        givenUp: lost !== undefined,
        runs,
        idle: !execution?.task && !execution?.activities.some(({ name }) => name !== 'sendMail'),
      },
      isGenuineFor(id),
    );
    return gap && { id, gap, row, runs };
  }
}
