import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { ApplicationContent, Surroundings } from '../domain/application.ts';
import type { ApplicationState } from '../domain/application-states.ts';
import { dateIn } from '../domain/dates.ts';
import { type FlowRules, skippedLevels } from '../domain/flows.ts';
import type { Language } from '../domain/languages.ts';
import { escalated } from '../domain/levels.ts';
import type { Review } from '../domain/review.ts';
import type { Verdict } from '../domain/reviewers.ts';
import type { Queryable, Transaction } from './database.ts';
import { findFlow } from './flows.ts';
import { keyAsIs } from './keys.ts';
import { isLeaving } from './mails.ts';
import { applicationApis, applications } from './schema/applications.ts';
import { decisions } from './schema/decisions.ts';
import { apis, clients } from './schema/registry.ts';

export type ApplicationRow = typeof applications.$inferSelect;

/** An application with all that its rules look at. */
export interface LoadedApplication extends FlowRules {
  row: ApplicationRow;
  apiIds: string[];
  /** What was decided in this round. */
  verdicts: Verdict[];
  /** Whether the credentials' mail has begun to leave. */
  mailing: boolean;
}

/** The verdicts that count in a round; interventions have no level. */
export const countingVerdict = and(eq(decisions.outcome, 'recorded'), isNotNull(decisions.level));

/** What holds before the first submission, when no flow is chosen yet. */
const noFlow: FlowRules = { levels: [], repeatedReviewers: 'excluded', stoppableBy: [] };

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
  const verdicts = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.applicationId, id), eq(decisions.round, row.round), countingVerdict));
  const flow = row.flowId && row.flowVersion ? await findFlow(db, row.flowId, row.flowVersion) : undefined;
  const { levels, repeatedReviewers, stoppableBy } = flow ?? noFlow;
  return {
    row,
    apiIds: asked.map((ask) => ask.apiId).toSorted(),
    levels: levels.map((level, index) =>
      row.escalatedAt !== null && index + 1 === row.level ? escalated(level) : level,
    ),
    repeatedReviewers,
    stoppableBy,
    verdicts: verdicts.flatMap(verdictFrom),
    mailing: row.state === 'issued' && (await isLeaving(db, id, row.round)),
  };
}

/** A counting decision as the domain knows it. */
export function verdictFrom(
  row: Pick<typeof decisions.$inferSelect, 'personId' | 'delegatorId' | 'level' | 'act'>,
): Verdict[] {
  const { personId, delegatorId, level, act } = row;
  return personId === null || level === null
    ? []
    : [{ personId, delegatorId, level, approves: act === 'approve' }];
}

/** What the rules of a submission look at. */
export function contentOf({ row, apiIds }: Pick<LoadedApplication, 'row' | 'apiIds'>): ApplicationContent {
  const { kind, keyId, clientId, keyName, description, effectiveOn, expiresOn, quota } = row;
  return { kind, keyId, clientId, keyName, description, effectiveOn, expiresOn, quota, apiIds };
}

/** What the judgement of a decision looks at. */
export function reviewOf(application: LoadedApplication): Review {
  const { state, applicantId, level, digest, heldBy } = application.row;
  const { levels, repeatedReviewers, stoppableBy, verdicts, mailing } = application;
  const skipped = skippedLevels(levels, contentOf(application));
  const rules = { levels, repeatedReviewers, stoppableBy };
  return { ...rules, state, applicantId, level, skipped, digest, verdicts, held: heldBy !== null, mailing };
}

/** The world around an application's content, as its rules need it. */
export async function surroundingsOf(
  db: Queryable,
  content: Pick<ApplicationContent, 'clientId' | 'apiIds' | 'keyId'>,
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
    key: content.keyId === null ? undefined : await keyAsIs(db, content.keyId),
  };
}

/** Why an application was rejected or returned, as its reader understands it; what a person wrote stays as they wrote it. */
export function reasonIn({ reason, ownReason }: ApplicationRow, language: Language): string | null {
  return ownReason?.[language] ?? reason;
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
      escalatedAt: null,
      heldBy: null,
      ownReason: null,
      stateSince: new Date(),
      ...change,
      state,
      revision: sql`${applications.revision} + 1`,
    })
    .where(eq(applications.id, id));
}
