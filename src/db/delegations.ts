import { and, eq, getTableColumns, gt, inArray, lte } from 'drizzle-orm';
import type { Person } from '../domain/people.ts';
import type { Deputy } from '../domain/reviewers.ts';
import type { Queryable } from './database.ts';
import { delegations } from './schema/delegations.ts';
import { people } from './schema/people.ts';

const activeAt = (at: Date) => and(lte(delegations.startsAt, at), gt(delegations.endsAt, at));

/** Those who have delegated their decisions to this person for the moment `at`, by who did first. */
export async function delegatorsOf(db: Queryable, deputyId: string, at: Date): Promise<Person[]> {
  return db
    .selectDistinct(getTableColumns(people))
    .from(delegations)
    .innerJoin(people, eq(people.id, delegations.delegatorId))
    .where(and(eq(delegations.deputyId, deputyId), eq(people.enabled, true), activeAt(at)))
    .orderBy(people.id);
}

/** Who stands in for whom of these people at the moment `at`. */
export async function deputiesOf(db: Queryable, delegators: readonly Person[], at: Date): Promise<Deputy[]> {
  if (delegators.length === 0) return [];
  const rows = await db
    .select({ person: people, delegatorId: delegations.delegatorId })
    .from(delegations)
    .innerJoin(people, eq(people.id, delegations.deputyId))
    .where(
      and(
        inArray(
          delegations.delegatorId,
          delegators.map(({ id }) => id),
        ),
        eq(people.enabled, true),
        activeAt(at),
      ),
    )
    .orderBy(people.name);
  return rows.flatMap(({ person, delegatorId }) => {
    const delegator = delegators.find(({ id }) => id === delegatorId);
    return delegator ? [{ person, delegator }] : [];
  });
}
