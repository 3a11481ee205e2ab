import { and, count, desc, eq, ilike, min, or, sql } from 'drizzle-orm';
import type { ApplicationState } from '../domain/application-states.ts';
import type { ApplicationKind } from '../domain/kinds.ts';
import type { Queryable } from './database.ts';
import { containing } from './patterns.ts';
import { applications } from './schema/applications.ts';
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
  /** Where the page before ended: the moment that the list is ordered by, and the id. */
  after?: { moment: string; id: string } | undefined;
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

/** What a list is ordered by: when an application was made, or, in the inbox, since when it waits. */
export const orderedBy = (waitingForMe: boolean) => (waitingForMe ? 'stateSince' : 'createdAt');

/** Newest first; the reviewers' inbox starts with what has waited longest. One row more than `limit`. */
export async function listApplications(db: Queryable, viewer: Viewer, query: ListQuery) {
  const { state, kind, clientId, q, waitingForMe, after, limit } = query;
  const moment = applications[orderedBy(waitingForMe ?? false)];
  const mark = after && sql`(${after.moment}::timestamptz, ${after.id}::text)`;
  const rows = await db
    .select({ application: applications, clientName: clients.name, applicantName: people.name })
    .from(applications)
    .innerJoin(people, eq(people.id, applications.applicantId))
    .leftJoin(clients, eq(clients.id, applications.clientId))
    .where(
      and(
        visibleTo(db, viewer),
        state && eq(applications.state, state),
        kind && eq(applications.kind, kind),
        clientId === undefined ? undefined : eq(applications.clientId, clientId),
        q === undefined ? undefined : or(eq(applications.id, q), ilike(applications.keyName, containing(q))),
        waitingForMe ? waitingFor(db, viewer.person) : undefined,
        mark && sql`(${moment}, ${applications.id}) ${sql.raw(waitingForMe ? '>' : '<')} ${mark}`,
      ),
    )
    .orderBy(...(waitingForMe ? [moment, applications.id] : [desc(moment), desc(applications.id)]))
    .limit(limit + 1);
  return rows;
}
