import { and, asc, desc, eq, exists, ilike, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ApplicationState } from '../domain/application-states.ts';
import type { ApplicationKind } from '../domain/kinds.ts';
import { countingVerdict } from './applications.ts';
import type { Queryable } from './database.ts';
import { containing } from './patterns.ts';
import { applications } from './schema/applications.ts';
import { audit } from './schema/audit.ts';
import { decisions } from './schema/decisions.ts';
import { keys } from './schema/keys.ts';
import { people } from './schema/people.ts';
import { clients } from './schema/registry.ts';
import { type Viewer, visibleTo } from './visibility.ts';

/** What the history is searched for; all that is given must hold. */
export interface HistoryFilter {
  kind?: ApplicationKind | undefined;
  clientId?: string | undefined;
  applicantId?: string | undefined;
  /** Who gave a verdict on it, in any round, or in whose place it was given. */
  reviewerId?: string | undefined;
  state?: ApplicationState | undefined;
  /** First and last day of the last submission, in the configured time zone. */
  from?: string | undefined;
  to?: string | undefined;
  /** A part of the key's name, the description, a comment, or a name; or a whole id. */
  q?: string | undefined;
}

/**
 * `submission`: newest first, for people. `creation`: oldest first, for files: that order never changes, so that a walk
 * through all pages meets every application once, even one that is submitted again meanwhile.
 */
export type HistoryOrder = 'submission' | 'creation';

export type HistoryRow = Awaited<ReturnType<typeof listHistory>>[number];

/** The moment that an order goes by. */
export const momentOf = (order: HistoryOrder, { submittedAt, createdAt }: typeof applications.$inferSelect) =>
  (order === 'submission' && submittedAt) || createdAt;

/** Applications that were ever submitted, as far as the viewer may see them, with every act on them. */
export async function listHistory(
  db: Queryable,
  viewer: Viewer,
  filter: HistoryFilter,
  page: {
    order: HistoryOrder;
    after?: { moment: string; id: string } | undefined;
    limit: number;
    timeZone: string;
  },
) {
  const moment = applications[page.order === 'submission' ? 'submittedAt' : 'createdAt'];
  const [order, past] = page.order === 'submission' ? ([desc, '<'] as const) : ([asc, '>'] as const);
  const after =
    page.after &&
    sql`(${moment}, ${applications.id}) ${sql.raw(past)} (${page.after.moment}::timestamptz, ${page.after.id}::text)`;
  const rows = await db
    .select({
      application: applications,
      clientName: clients.name,
      applicantName: people.name,
      keyId: keys.id,
      apiKey: keys.apiKey,
    })
    .from(applications)
    .innerJoin(people, eq(people.id, applications.applicantId))
    .leftJoin(clients, eq(clients.id, applications.clientId))
    .leftJoin(keys, or(eq(keys.applicationId, applications.id), eq(keys.id, applications.keyId)))
    .where(
      and(
        isNotNull(applications.submittedAt),
        visibleTo(db, viewer),
        equal(applications.kind, filter.kind),
        equal(applications.clientId, filter.clientId),
        equal(applications.applicantId, filter.applicantId),
        equal(applications.state, filter.state),
        filter.reviewerId === undefined ? undefined : reviewedBy(db, filter.reviewerId),
        filter.from === undefined
          ? undefined
          : sql`${applications.submittedAt} >= ${filter.from}::date::timestamp at time zone ${page.timeZone}`,
        filter.to === undefined
          ? undefined
          : sql`${applications.submittedAt} < (${filter.to}::date + 1)::timestamp at time zone ${page.timeZone}`,
        filter.q === undefined ? undefined : mentions(db, filter.q),
        after,
      ),
    )
    .orderBy(order(moment), order(applications.id))
    .limit(page.limit + 1);
  const acts = await actsOn(
    db,
    rows.map(({ application }) => application.id),
  );
  return rows.map((row) => ({
    ...row,
    acts: acts.filter(({ applicationId }) => applicationId === row.application.id),
  }));
}

function equal(
  column: (typeof applications)['kind' | 'clientId' | 'applicantId' | 'state'],
  value: string | undefined,
) {
  return value === undefined ? undefined : sql`${column} = ${value}`;
}

function reviewedBy(db: Queryable, personId: string): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(decisions)
      .where(
        and(
          eq(decisions.applicationId, applications.id),
          or(eq(decisions.personId, personId), eq(decisions.delegatorId, personId)),
          countingVerdict,
        ),
      ),
  );
}

/** Whether an application or what was said of it holds the text, or is named by it. */
function mentions(db: Queryable, text: string): SQL | undefined {
  const part = containing(text);
  const said = db
    .select({ id: decisions.applicationId })
    .from(decisions)
    .where(and(eq(decisions.outcome, 'recorded'), ilike(decisions.comment, part)));
  return or(
    ...[applications.id, applications.clientId, applications.applicantId, keys.id].map((id) => eq(id, text)),
    ...[applications.keyName, applications.description, applications.reason, clients.name, people.name].map(
      (column) => ilike(column, part),
    ),
    inArray(applications.id, said),
  );
}

const delegators = alias(people, 'delegators');

/** Every act that was recorded on the applications, in order: verdicts, and who withdrew, held, released or recalled. */
async function actsOn(db: Queryable, applicationIds: string[]) {
  if (applicationIds.length === 0) return [];
  return db
    .select({
      applicationId: decisions.applicationId,
      round: decisions.round,
      level: decisions.level,
      // As the level was called at the time: flows change. One that was reached on the way is not named there.
      levelName: sql<
        string | null
      >`case when ${audit.details} ->> 'level' = ${decisions.level}::text then ${audit.details} ->> 'levelName' end`,
      signal: decisions.signal,
      act: decisions.act,
      at: decisions.createdAt,
      byId: decisions.personId,
      by: people.name,
      delegatorId: decisions.delegatorId,
      delegator: delegators.name,
      comment: decisions.comment,
    })
    .from(decisions)
    .leftJoin(people, eq(people.id, decisions.personId))
    .leftJoin(delegators, eq(delegators.id, decisions.delegatorId))
    .leftJoin(
      audit,
      and(
        eq(audit.subjectType, 'application'),
        eq(audit.subjectId, decisions.applicationId),
        sql`${audit.details} ->> 'decision' = ${decisions.decisionId}`,
        ne(audit.action, 'decision.refused'),
      ),
    )
    .where(and(eq(decisions.outcome, 'recorded'), inArray(decisions.applicationId, applicationIds)))
    .orderBy(decisions.createdAt, decisions.signal);
}
