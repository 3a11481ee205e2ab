import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { ApplicationContent, Surroundings } from '../domain/application.ts';
import type { ApplicationState } from '../domain/application-states.ts';
import { dateIn } from '../domain/dates.ts';
import type { Level } from '../domain/levels.ts';
import type { Review } from '../domain/review.ts';
import type { Queryable, Transaction } from './database.ts';
import { levelsOf } from './flows.ts';
import { isLeaving } from './mails.ts';
import { applicationApis, applications } from './schema/applications.ts';
import { decisions } from './schema/decisions.ts';
import { apis, clients } from './schema/registry.ts';

export type ApplicationRow = typeof applications.$inferSelect;

/** An application with all that its rules look at. */
export interface LoadedApplication {
  row: ApplicationRow;
  apiIds: string[];
  /** Of the flow version that it was submitted under; empty before the first submission. */
  levels: Level[];
  /** Who has decided in this round. */
  decided: string[];
  /** How many have approved the open level. */
  approvals: number;
  /** Whether the credentials' mail has begun to leave. */
  mailing: boolean;
}

/** The verdicts that count in a round; interventions have no level. */
export const countingVerdict = and(eq(decisions.outcome, 'recorded'), isNotNull(decisions.level));

/** Loads one application; with `lock` its row stays locked until the transaction ends, so that moves happen one by one. */
export async function loadApplication(
  db: Queryable,
  id: string,
  options: { lock?: boolean } = {},
): Promise<LoadedApplication | undefined> {
  const query = db.select().from(applications).where(eq(applications.id, id));
  const [row] = await (options.lock ? query.for('update') : query);
  if (!row) return undefined;
  const asked = await db.select().from(applicationApis).where(eq(applicationApis.applicationId, id));
  const decided = await db
    .select({ personId: decisions.personId, level: decisions.level })
    .from(decisions)
    .where(and(eq(decisions.applicationId, id), eq(decisions.round, row.round), countingVerdict));
  return {
    row,
    apiIds: asked.map((ask) => ask.apiId).toSorted(),
    levels: row.flowId && row.flowVersion ? await levelsOf(db, row.flowId, row.flowVersion) : [],
    decided: decided.flatMap((decision) => decision.personId ?? []),
    approvals: decided.filter(({ level }) => level === row.level).length,
    mailing: row.state === 'issued' && (await isLeaving(db, id, row.round)),
  };
}

/** What the rules of a submission look at. */
export function contentOf({ row, apiIds }: Pick<LoadedApplication, 'row' | 'apiIds'>): ApplicationContent {
  const { clientId, keyName, description, effectiveOn, expiresOn, quota } = row;
  return { clientId, keyName, description, effectiveOn, expiresOn, quota, apiIds };
}

/** What the judgement of a decision looks at. */
export function reviewOf({ row, levels, decided, approvals, mailing }: LoadedApplication): Review {
  const { state, applicantId, level, digest, heldBy } = row;
  return { state, applicantId, level, levels, digest, decided, approvals, held: heldBy !== null, mailing };
}

/** The world around an application's content, as its rules need it. */
export async function surroundingsOf(
  db: Queryable,
  content: Pick<ApplicationContent, 'clientId' | 'apiIds'>,
  zone: string,
  now: Date,
): Promise<Surroundings> {
  const [client] = content.clientId
    ? await db.select({ enabled: clients.enabled }).from(clients).where(eq(clients.id, content.clientId))
    : [];
  const enabled = await db
    .select({ id: apis.id })
    .from(apis)
    .where(and(inArray(apis.id, [...content.apiIds]), eq(apis.enabled, true)));
  return {
    today: dateIn(zone, now),
    clientEnabled: client?.enabled,
    enabledApiIds: enabled.map((api) => api.id),
  };
}

/** Moves a locked application into a state, counting its revision. */
export async function moveApplication(
  tx: Transaction,
  id: string,
  state: ApplicationState,
  change: Partial<typeof applications.$inferInsert> = {},
): Promise<void> {
  await tx
    .update(applications)
    .set({
      level: null,
      levelSince: null,
      heldBy: null,
      stateSince: new Date(),
      ...change,
      state,
      revision: sql`${applications.revision} + 1`,
    })
    .where(eq(applications.id, id));
}
