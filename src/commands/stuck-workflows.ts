import { eq, inArray } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { applications } from '../db/schema/applications.ts';
import { carriedApplications } from '../db/stuck.ts';
import { isEditable } from '../domain/application-states.ts';
import type { createExecutions, Execution } from '../temporal/executions.ts';
import type { Finding } from './findings.ts';
import { lostKeys } from './lost-keys.ts';
import { manyAttempts } from './stuck-records.ts';

/** A worker takes what waits within moments; after this long it is told of. */
const promptMs = 60_000;

/** What Temporal shows to be stuck: activities and workflow tasks that fail or wait, and workflows that are not there. */
export async function stuckWorkflows(
  db: Database,
  executions: ReturnType<typeof createExecutions>,
  taskQueue: string,
  now: Date,
): Promise<Finding[]> {
  const long = (since: Date | undefined) => since !== undefined && now.getTime() - since.getTime() > promptMs;
  await executions.reach();
  // The database first: what ends between the two looks is looked at again. Where it does not answer, Temporal is still
  // asked: why it does not is told with the records.
  const carried = await carriedApplications(db, new Date(now.getTime() - promptMs)).catch(() => undefined);
  const findings: Finding[] = [];
  const running = new Set<string>();
  const old: Execution[] = [];
  for await (const execution of executions.running()) {
    running.add(execution.id);
    findings.push(...ofExecution(execution));
    if (execution.type === 'application' && long(execution.startedAt)) old.push(execution);
  }
  if (!carried) return findings;
  for (const id of await lostKeys(db, executions, running, now)) {
    findings.push({
      id,
      wrong: 'no workflow looks after this key: it is checked as ever, but nobody is reminded or warned',
      remedy: 'Start its workflow again with `npm run -s keygrant -- reconcile --repair`.',
    });
  }
  findings.push(...(await unopened(old)));
  for (const { id, revision, state } of carried.filter((row) => !running.has(row.id))) {
    const execution = await executions.find(id);
    if (execution?.status === 'RUNNING') continue;
    const [row] = await db.select().from(applications).where(eq(applications.id, id));
    if (row?.revision !== revision) continue;
    const how = execution ? `it was ${execution.status.toLowerCase()}` : 'Temporal knows none';
    findings.push({
      id,
      wrong: `it is ${state}, but no workflow carries it: ${how}`,
      remedy: execution
        ? 'Reset it in Temporal’s UI to its last workflow task; it finds its place by itself.'
        : 'Temporal has lost it: restore Temporal, or start its workflow again with `npm run -s keygrant -- reconcile`.',
    });
  }
  return findings;

  function ofExecution({ id, activities, task }: Execution): Finding[] {
    const waits = long(task?.since) || activities.some(({ waitingSince }) => long(waitingSince));
    const found: Finding[] = [];
    if (task && task.attempt > 1) {
      found.push({
        id,
        wrong: `its workflow fails in its own code, ${task.attempt - 1} times so far: ${plain(task.failure)}`,
        remedy:
          'Deploy a worker whose workflow replays this history (look at the log of the present one); then it goes on by itself.',
      });
    } else if (waits) {
      found.push({
        id,
        wrong: `no worker takes what it has to do from the task queue ${taskQueue}`,
        remedy:
          'Start the worker, or another one, and look whether TEMPORAL_ADDRESS and TEMPORAL_TASK_QUEUE are those of the API.',
      });
    }
    for (const { name, attempt, paused, failure } of activities) {
      if (paused) {
        found.push({ id, wrong: `its activity ${name} is paused`, remedy: 'Unpause it in Temporal’s UI.' });
      } else if (attempt > manyAttempts) {
        const cause = plain(failure);
        found.push({
          id,
          wrong: `its activity ${name} is at attempt ${attempt}; the last failure: ${cause}`,
          remedy: /timeout/i.test(cause)
            ? 'Its worker died or hung in it: look at the worker’s log and memory.'
            : 'What the failure says is to be done.',
        });
      }
    }
    return found;
  }

  /** Submissions that were started and have not been opened for review. */
  async function unopened(started: readonly Execution[]): Promise<Finding[]> {
    const found: Finding[] = [];
    for (let at = 0; at < started.length; at += 500) {
      const some = started.slice(at, at + 500);
      const rows = await db
        .select({ id: applications.id, state: applications.state, round: applications.workflowRun })
        .from(applications)
        .where(
          inArray(
            applications.id,
            some.map(({ id }) => id),
          ),
        );
      const known = new Map(rows.map((row) => [row.id, row]));
      for (const { id, firstRunId } of some) {
        const row = known.get(id);
        if (!row) {
          found.push({
            id,
            wrong: 'its workflow runs, but the database does not hold it',
            remedy:
              'If PostgreSQL was restored to an older moment, restore a later one, or run `npm run -s keygrant -- reconcile`.',
          });
        } else if (isEditable(row.state) && row.round !== firstRunId) {
          // A run that carries on a round that another has opened finds it open.
          found.push({
            id,
            wrong: 'it was submitted, but its review is not open',
            remedy: 'See that a worker runs, and what is said of it here besides.',
          });
        }
      }
    }
    return found;
  }
}

/** A failure's words without the stop at their end. */
function plain(failure: string | undefined): string {
  return (failure ?? 'unknown').replace(/[.\s]+$/, '');
}
