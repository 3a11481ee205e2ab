import { and, desc, eq, exists, ilike, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { ApplicationState } from '../domain/application-states.ts';
import { type Person, seesEverything } from '../domain/people.ts';
import { countingVerdict } from './applications.ts';
import type { Queryable } from './database.ts';
import { containing } from './patterns.ts';
import { applications } from './schema/applications.ts';
import { decisions } from './schema/decisions.ts';
import { flowLevels } from './schema/flows.ts';
import { people } from './schema/people.ts';
import { clients } from './schema/registry.ts';

/** Who looks: a person, through a portal or not. */
export interface Viewer {
  person: Person;
  via: string | null;
}

/**
 * What a viewer may see: applicants their own; a portal what it wrote for the applicant it names; reviewers what was
 * submitted under a flow that names them at any level; admins and auditors everything.
 */
export function visibleTo(db: Queryable, { person, via }: Viewer): SQL | undefined {
  const own = eq(applications.applicantId, person.id);
  if (via !== null) return and(own, eq(applications.portalId, via));
  if (seesEverything(person)) return undefined;
  return or(own, and(ne(applications.state, 'draft'), exists(levelsFor(db, person))));
}

/** The applications that wait for this very person: their level, not their own, not decided by them. */
function waitingFor(db: Queryable, person: Person): SQL | undefined {
  return and(
    eq(applications.state, 'pending'),
    ne(applications.applicantId, person.id),
    exists(levelsFor(db, person, eq(flowLevels.level, applications.level))),
    notExists(
      db
        .select({ one: sql`1` })
        .from(decisions)
        .where(
          and(
            eq(decisions.applicationId, applications.id),
            eq(decisions.round, applications.round),
            eq(decisions.personId, person.id),
            countingVerdict,
          ),
        ),
    ),
  );
}

/** The flow levels of an application that this person reviews. */
function levelsFor(db: Queryable, person: Person, condition?: SQL) {
  const roles = sql`array[${sql.join(
    person.roles.map((role) => sql`${role}`),
    sql`, `,
  )}]::text[]`;
  return db
    .select({ one: sql`1` })
    .from(flowLevels)
    .where(
      and(
        eq(flowLevels.flowId, applications.flowId),
        eq(flowLevels.flowVersion, applications.flowVersion),
        or(sql`${person.id} = any(${flowLevels.people})`, sql`${flowLevels.roles} && ${roles}`),
        condition,
      ),
    );
}

export interface ListQuery {
  state?: ApplicationState | undefined;
  clientId?: string | undefined;
  /** Part of the key's name, or the whole id. */
  q?: string | undefined;
  waitingForMe?: boolean | undefined;
  /** Where the page before ended: the moment that the list is ordered by, and the id. */
  after?: { moment: string; id: string } | undefined;
  limit: number;
}

/** What a list is ordered by: when an application was made, or, in the inbox, since when it waits. */
export const orderedBy = (waitingForMe: boolean) => (waitingForMe ? 'stateSince' : 'createdAt');

/** Newest first; the reviewers' inbox starts with what has waited longest. One row more than `limit`. */
export async function listApplications(db: Queryable, viewer: Viewer, query: ListQuery) {
  const { state, clientId, q, waitingForMe, after, limit } = query;
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

/** Whether the viewer may see this one. */
export async function isVisible(db: Queryable, viewer: Viewer, id: string): Promise<boolean> {
  const [row] = await db
    .select({ id: applications.id })
    .from(applications)
    .where(and(eq(applications.id, id), visibleTo(db, viewer)));
  return row !== undefined;
}
