import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { newId } from '../src/crypto/ids.ts';
import { signText } from '../src/crypto/master-keys.ts';
import { openDatabase } from '../src/db/database.ts';
import { applicationApis, applications } from '../src/db/schema/applications.ts';
import { mails } from '../src/db/schema/mails.ts';
import { submissionPurpose, submissionText } from '../src/domain/submission.ts';
import { createApplicationProcesses } from '../src/temporal/applications.ts';
import type { BenchStack } from './stack.ts';
import { inParallel } from './throughput.ts';

/** How many applications were opened, and how. */
export interface Opened {
  byFrontDoor: number;
  byWorkflow: number;
  /** Of those, what still had to be opened or mailed when time was up. */
  unsettled: number;
  seconds: number;
}

/**
 * Opens applications that then wait at level 1: through the front door for as long as that keeps within its time, the rest as
 * drafts that are copied in the database and submitted to Temporal by what the API submits with. Real workflows with real
 * rows either way. Stops at one and a half times its time.
 */
export async function openApplications(stack: BenchStack, count: number, budgetMs: number): Promise<Opened> {
  const { applications: door, config, client } = stack;
  const begun = performance.now();
  const passed = () => performance.now() - begun;
  const opened: Opened = { byFrontDoor: 0, byWorkflow: 0, unsettled: 0, seconds: 0 };
  const sample = Math.min(Math.ceil(count / 10), 200);
  const byFrontDoor = async (number: number) => {
    await door.submit(await door.draft(number));
    opened.byFrontDoor += 1;
  };
  const { db, close } = openDatabase(config.databaseUrl, { maxConnections: 2 });
  try {
    await inParallel(sample, 40, byFrontDoor);
    const rest = count - sample;
    if ((passed() / sample) * count <= budgetMs) await inParallel(rest, 40, byFrontDoor);
    else await byWorkflow(rest);
    opened.unsettled = await settled(db, begun + 1.5 * budgetMs);
  } finally {
    await close();
  }
  opened.seconds = passed() / 1_000;
  return opened;

  async function byWorkflow(rest: number): Promise<void> {
    const processes = createApplicationProcesses(client, config.temporal.taskQueue);
    const pattern = await door.draft(0);
    await inParallel(Math.ceil(rest / batch), 4, async (number) => {
      const ids = await copies(db, pattern, Math.min(batch, rest - number * batch));
      await inParallel(ids.length, 10, async (at) => {
        if (passed() > 1.5 * budgetMs) return;
        const applicationId = ids[at] ?? '';
        const submission = {
          applicationId,
          revision: 1,
          submittedBy: 'ada',
          via: null,
          requestId: randomUUID(),
        };
        const signature = signText(config.masterKeys, submissionPurpose, submissionText(submission));
        await processes.submit({ ...submission, signature }, { clientId: 'acme', title: 'acme: bench' });
        opened.byWorkflow += 1;
      });
    });
  }
}

/** How many drafts are copied at a time. */
const batch = 100;
/** Tells copies that are not open yet from the draft that they are made of. */
const copyName = 'One of many';

type Db = ReturnType<typeof openDatabase>['db'];

/** Copies of a draft. */
async function copies(db: Db, pattern: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId('application'));
  const [draft] = await db.select().from(applications).where(eq(applications.id, pattern));
  const apis = await db.select().from(applicationApis).where(eq(applicationApis.applicationId, pattern));
  if (!draft) throw new Error('there is no draft to copy');
  await db.transaction(async (tx) => {
    await tx.insert(applications).values(ids.map((id) => ({ ...draft, id, keyName: copyName })));
    await tx
      .insert(applicationApis)
      .values(ids.flatMap((applicationId) => apis.map(({ apiId }) => ({ applicationId, apiId }))));
  });
  return ids;
}

/** Waits until every copy is open and every reviewer is mailed, or time is up; answers with how many are not. */
async function settled(db: Db, deadline: number): Promise<number> {
  for (;;) {
    const [row] = await db.execute<{ left: number }>(sql`
      select (select count(*) from ${applications} where ${applications.state} = 'draft' and ${applications.keyName} = ${copyName})::int
        + (select count(*) from ${mails} where ${mails.state} in ('queued', 'sending'))::int as left`);
    const left = row?.left ?? 0;
    if (left === 0 || performance.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
