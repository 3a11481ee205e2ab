import { and, desc, eq } from 'drizzle-orm';
import type { FlowChoice, FlowRules } from '../domain/flows.ts';
import type { Level } from '../domain/levels.ts';
import type { Queryable, Transaction } from './database.ts';
import { flowLevels, flows } from './schema/flows.ts';

export interface Flow extends FlowChoice, FlowRules {
  version: number;
  name: string;
  createdBy: string;
  createdAt: Date;
}

/** A level as the domain knows it. */
function levelOf(row: typeof flowLevels.$inferSelect): Level {
  const {
    people,
    roles,
    escalatePeople,
    escalateRoles,
    flowId: _f,
    flowVersion: _v,
    level: _l,
    ...rest
  } = row;
  const escalateTo = { people: escalatePeople, roles: escalateRoles };
  return { ...rest, reviewers: { people, roles }, escalateTo };
}

/** The newest version of a flow, or the one that is asked for; undefined where there is none. */
export async function findFlow(db: Queryable, id: string, version?: number): Promise<Flow | undefined> {
  const newest = version === undefined ? await newestVersion(db, id) : version;
  if (newest === undefined) return undefined;
  const rows = await db
    .select({ flow: flows, level: flowLevels })
    .from(flows)
    .leftJoin(flowLevels, and(eq(flowLevels.flowId, flows.id), eq(flowLevels.flowVersion, flows.version)))
    .where(and(eq(flows.id, id), eq(flows.version, newest)))
    .orderBy(flowLevels.level);
  return flowsFrom(rows)[0];
}

/** The newest version of every flow, by id. */
export async function listFlows(db: Queryable): Promise<Flow[]> {
  const newest = db
    .selectDistinctOn([flows.id])
    .from(flows)
    .orderBy(flows.id, desc(flows.version))
    .as('newest');
  const rows = await db
    .select({ flow: flows, level: flowLevels })
    .from(newest)
    .innerJoin(flows, and(eq(flows.id, newest.id), eq(flows.version, newest.version)))
    .leftJoin(flowLevels, and(eq(flowLevels.flowId, flows.id), eq(flowLevels.flowVersion, flows.version)))
    .orderBy(flows.id, flowLevels.level);
  return flowsFrom(rows);
}

/** Stores a new version; two that race for one number break the primary key, so one of them fails. */
export async function insertFlow(tx: Transaction, flow: Omit<Flow, 'createdAt'>): Promise<void> {
  const { levels, appliesTo, stoppableBy, ...columns } = flow;
  await tx.insert(flows).values({ ...columns, appliesTo: [...appliesTo], stoppableBy: [...stoppableBy] });
  if (levels.length === 0) return;
  await tx.insert(flowLevels).values(
    levels.map(({ reviewers, escalateTo, skipWhen, ...level }, index) => ({
      ...level,
      flowId: flow.id,
      flowVersion: flow.version,
      level: index + 1,
      people: [...reviewers.people],
      roles: [...reviewers.roles],
      escalatePeople: [...escalateTo.people],
      escalateRoles: [...escalateTo.roles],
      skipWhen: [...skipWhen],
    })),
  );
}

interface Joined {
  flow: typeof flows.$inferSelect;
  level: typeof flowLevels.$inferSelect | null;
}

/** Flows from the rows of flows and levels joined, in the order of both. */
export function flowsFrom(rows: readonly Joined[]): Flow[] {
  const found = new Map<string, Flow & { levels: Level[] }>();
  for (const { flow, level } of rows) {
    const key = `${flow.id} ${flow.version}`;
    const known = found.get(key) ?? { ...flow, levels: [] };
    if (level) known.levels.push(levelOf(level));
    found.set(key, known);
  }
  return [...found.values()];
}

async function newestVersion(db: Queryable, id: string): Promise<number | undefined> {
  const [row] = await db
    .select({ version: flows.version })
    .from(flows)
    .where(eq(flows.id, id))
    .orderBy(desc(flows.version))
    .limit(1);
  return row?.version;
}
