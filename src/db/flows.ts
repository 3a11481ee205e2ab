import { and, desc, eq } from 'drizzle-orm';
import type { Level } from '../domain/levels.ts';
import type { Queryable, Transaction } from './database.ts';
import { flowLevels, flows } from './schema/flows.ts';

/** The flow that applications take. */
export const defaultFlow = 'default';

export interface Flow {
  id: string;
  version: number;
  name: string;
  createdBy: string;
  createdAt: Date;
  levels: Level[];
}

/** The levels of one version, in order. */
export async function levelsOf(db: Queryable, flowId: string, version: number): Promise<Level[]> {
  const rows = await db
    .select()
    .from(flowLevels)
    .where(and(eq(flowLevels.flowId, flowId), eq(flowLevels.flowVersion, version)))
    .orderBy(flowLevels.level);
  return rows.map(levelOf);
}

/** A level as the domain knows it. */
export function levelOf(row: typeof flowLevels.$inferSelect): Level {
  const { name, people, roles, approvals, remindAfterHours, lapseAfterHours } = row;
  return { name, reviewers: { people, roles }, approvals, remindAfterHours, lapseAfterHours };
}

/** The newest version of a flow, or the one that is asked for; undefined where there is none. */
export async function findFlow(db: Queryable, id: string, version?: number): Promise<Flow | undefined> {
  const [row] = await db
    .select()
    .from(flows)
    .where(version === undefined ? eq(flows.id, id) : and(eq(flows.id, id), eq(flows.version, version)))
    .orderBy(desc(flows.version))
    .limit(1);
  return row && { ...row, levels: await levelsOf(db, row.id, row.version) };
}

/** The newest version of every flow, by id. */
export async function listFlows(db: Queryable): Promise<Flow[]> {
  const rows = await db.selectDistinctOn([flows.id]).from(flows).orderBy(flows.id, desc(flows.version));
  return Promise.all(rows.map(async (row) => ({ ...row, levels: await levelsOf(db, row.id, row.version) })));
}

/** Stores a new version; two that race for one number break the primary key, so one of them fails. */
export async function insertFlow(tx: Transaction, flow: Omit<Flow, 'createdAt'>): Promise<void> {
  await tx
    .insert(flows)
    .values({ id: flow.id, version: flow.version, name: flow.name, createdBy: flow.createdBy });
  await tx.insert(flowLevels).values(
    flow.levels.map(({ reviewers, ...level }, index) => ({
      ...level,
      flowId: flow.id,
      flowVersion: flow.version,
      level: index + 1,
      people: [...reviewers.people],
      roles: [...reviewers.roles],
    })),
  );
}
