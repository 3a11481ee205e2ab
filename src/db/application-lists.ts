import { and, asc, count, desc, eq, ilike, min, or, type SQLWrapper, sql } from 'drizzle-orm';
import type { ApplicationState } from '../domain/application-states.ts';
import type { ApplicationKind } from '../domain/kinds.ts';
import type { Queryable } from './database.ts';
import { containing } from './patterns.ts';
import { applications } from './schema/applications.ts';
import { flowLevels } from './schema/flows.ts';
import { people } from './schema/people.ts';
import { clients } from './schema/registry.ts';
import { type Viewer, visibleTo, waitingFor } from './visibility.ts';

export interface ListQuery {
  state?: ApplicationState | undefined;
  kind?: ApplicationKind | undefined;
  clientId?: string | undefined;
  /** Part of the key's name, or the whole id. */
  q?: string | undefined;
  waitingForMe?: boolean | undefined;
  /** Where the page before ended: the {@link placeOf} its last row. */
  after?: readonly string[] | undefined;
  limit: number;
}

/** A number that nobody reads as one any more. */
export const mostCounted = 1000;

/** How many applications wait for this person, and since when the first. */
export async function countWaiting(db: Queryable, viewer: Viewer) {
  const waiting = db
    .select({ since: applications.stateSince })
    .from(applications)
    .where(and(visibleTo(db, viewer), waitingFor(db, viewer.person)))
    .orderBy(applications.stateSince)
    .limit(mostCounted)
    .as('waiting');
  const [row] = await db.select({ waiting: count(), oldestSince: min(waiting.since) }).from(waiting);
  return { waiting: row?.waiting ?? 0, oldestSince: row?.oldestSince ?? undefined };
}

/** When the open level ends an application that nobody decides, as `deadlinesOf` has it; null: never. */
const dueAt =
  sql<Date | null>`${applications.levelSince} + coalesce(${flowLevels.lapseAfterHours}, ${flowLevels.denyAfterHours}) * interval '1 hour'`.mapWith(
    applications.levelSince,
  );

/** What lists are ordered by, and how PostgreSQL reads that from a cursor. */
const orders = {
  /** Newest first. */
  made: { by: [applications.createdAt, applications.id], types: ['timestamptz', 'text'], descends: true },
  /** What is due first, then what is never due; of these, and of what is due at once, what has waited longest. */
  waiting: {
    by: [sql`coalesce(${dueAt}, 'infinity')`, applications.stateSince, applications.id],
    types: ['timestamptz', 'timestamptz', 'text'],
    descends: false,
  },
} as const;

/** Where an application stands in its list: the values that the list is ordered by. */
export function placeOf({ application, dueAt: due }: ListRow, waitingForMe: boolean): string[] {
  const { id, createdAt, stateSince } = application;
  return waitingForMe
    ? [due?.toISOString() ?? 'infinity', stateSince.toISOString(), id]
    : [createdAt.toISOString(), id];
}

export type ListRow = Awaited<ReturnType<typeof listApplications>>[number];

/** Newest first; a reviewer's inbox starts with what is due first. One row more than `limit`. */
export async function listApplications(db: Queryable, viewer: Viewer, query: ListQuery) {
  const { state, kind, clientId, q, waitingForMe, after, limit } = query;
  const { by, types, descends } = orders[waitingForMe ? 'waiting' : 'made'];
  const mark = after?.map((value, at) => sql`${value}::${sql.raw(types[at] ?? 'text')}`);
  const list = (values: readonly SQLWrapper[]) => sql.join([...values], sql`, `);
  return db
    .select({ application: applications, clientName: clients.name, applicantName: people.name, dueAt })
    .from(applications)
    .innerJoin(people, eq(people.id, applications.applicantId))
    .leftJoin(clients, eq(clients.id, applications.clientId))
    .leftJoin(
      flowLevels,
      and(
        eq(flowLevels.flowId, applications.flowId),
        eq(flowLevels.flowVersion, applications.flowVersion),
        eq(flowLevels.level, applications.level),
      ),
    )
    .where(
      and(
        visibleTo(db, viewer),
        state && eq(applications.state, state),
        kind && eq(applications.kind, kind),
        clientId === undefined ? undefined : eq(applications.clientId, clientId),
        q === undefined ? undefined : or(eq(applications.id, q), ilike(applications.keyName, containing(q))),
        waitingForMe ? waitingFor(db, viewer.person) : undefined,
        mark && sql`(${list(by)}) ${sql.raw(descends ? '<' : '>')} (${list(mark)})`,
      ),
    )
    .orderBy(...by.map((value) => (descends ? desc(value) : asc(value))))
    .limit(limit + 1);
}
