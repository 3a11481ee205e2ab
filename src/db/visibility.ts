import { and, eq, exists, gt, inArray, isNotNull, lte, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core';
import { type Person, seesEverything } from '../domain/people.ts';
import { countingVerdict } from './applications.ts';
import type { Queryable } from './database.ts';
import { applications } from './schema/applications.ts';
import { decisions } from './schema/decisions.ts';
import { delegations } from './schema/delegations.ts';
import { flowLevels, flows } from './schema/flows.ts';
import { people } from './schema/people.ts';

/** Who looks: a person, through a portal or not. */
export interface Viewer {
  person: Person;
  via: string | null;
}

/**
 * What a viewer may see: applicants their own; a portal what it wrote for the applicant it names; reviewers what was
 * submitted under a flow that names them, or somebody they stand in for, at any level, and what they have decided on;
 * admins and auditors everything.
 */
export function visibleTo(db: Queryable, { person, via }: Viewer): SQL | undefined {
  const own = eq(applications.applicantId, person.id);
  if (via !== null) return and(own, eq(applications.portalId, via));
  if (seesEverything(person)) return undefined;
  return or(
    own,
    and(ne(applications.state, 'draft'), exists(levelsFor(db, person, 'any'))),
    exists(
      db
        .select({ one: sql`1` })
        .from(decisions)
        .where(
          and(
            eq(decisions.applicationId, applications.id),
            eq(decisions.personId, person.id),
            countingVerdict,
          ),
        ),
    ),
  );
}

/** The applications that wait for this very person: a voice of theirs, or of somebody they stand in for, is free. */
export function waitingFor(db: Queryable, person: Person): SQL | undefined {
  return and(
    eq(applications.state, 'pending'),
    ne(applications.applicantId, person.id),
    exists(levelsFor(db, person, 'open')),
  );
}

/** Whose voices a person may give now: their own, and those of people who have delegated to them. */
const voices = alias(people, 'voices');

/**
 * The flow levels of an application that this person reviews, by themselves or as a deputy.
 * @param which any level, or only the open one, and only while they may still decide it
 */
function levelsFor(db: Queryable, person: Person, which: 'any' | 'open') {
  const delegated = db
    .select({ id: delegations.delegatorId })
    .from(delegations)
    .where(
      and(
        eq(delegations.deputyId, person.id),
        lte(delegations.startsAt, sql`now()`),
        gt(delegations.endsAt, sql`now()`),
      ),
    );
  const isOpen = eq(flowLevels.level, applications.level);
  return db
    .select({ one: sql`1` })
    .from(flowLevels)
    .innerJoin(flows, and(eq(flows.id, flowLevels.flowId), eq(flows.version, flowLevels.flowVersion)))
    .innerJoin(voices, and(voices.enabled, or(eq(voices.id, person.id), inArray(voices.id, delegated))))
    .where(
      and(
        eq(flowLevels.flowId, applications.flowId),
        eq(flowLevels.flowVersion, applications.flowVersion),
        or(
          names(flowLevels.people, flowLevels.roles),
          and(
            isNotNull(applications.escalatedAt),
            isOpen,
            names(flowLevels.escalatePeople, flowLevels.escalateRoles),
          ),
        ),
        which === 'any'
          ? undefined
          : and(isOpen, ne(voices.id, applications.applicantId), notExists(usedUp(db, person))),
      ),
    );
}

const names = (ids: AnyPgColumn, roles: AnyPgColumn) =>
  or(sql`${voices.id} = any(${ids})`, sql`${roles} && ${voices.roles}`);

/** Decisions by which this person, or the voice that they would give, has been heard already. */
function usedUp(db: Queryable, person: Person) {
  const heard = [person.id, voices.id].flatMap((id) => [
    eq(decisions.personId, id),
    eq(decisions.delegatorId, id),
  ]);
  return db
    .select({ one: sql`1` })
    .from(decisions)
    .where(
      and(
        eq(decisions.applicationId, applications.id),
        eq(decisions.round, applications.round),
        countingVerdict,
        or(...heard),
        or(eq(flows.repeatedReviewers, 'excluded'), eq(decisions.level, applications.level)),
      ),
    );
}

/** Whether the viewer may see this one. */
export async function isVisible(db: Queryable, viewer: Viewer, id: string): Promise<boolean> {
  const [row] = await db
    .select({ id: applications.id })
    .from(applications)
    .where(and(eq(applications.id, id), visibleTo(db, viewer)));
  return row !== undefined;
}
