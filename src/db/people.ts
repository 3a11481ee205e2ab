import { and, arrayOverlaps, eq, inArray, or } from 'drizzle-orm';
import type { Level } from '../domain/levels.ts';
import type { Person } from '../domain/people.ts';
import { countingVerdict } from './applications.ts';
import type { Queryable } from './database.ts';
import { decisions } from './schema/decisions.ts';
import { people } from './schema/people.ts';

/** One person by id; undefined where nobody of that id is registered. */
export async function findPerson(db: Queryable, id: string): Promise<Person | undefined> {
  const [person] = await db.select().from(people).where(eq(people.id, id));
  return person;
}

/** Everybody enabled who reviews at least one of the levels, by name. */
export async function reviewersOf(db: Queryable, levels: readonly Level[]): Promise<Person[]> {
  const named = levels.flatMap((level) => [...level.reviewers.people]);
  const roles = levels.flatMap((level) => [...level.reviewers.roles]);
  return db
    .select()
    .from(people)
    .where(
      and(
        eq(people.enabled, true),
        or(inArray(people.id, named), roles.length > 0 ? arrayOverlaps(people.roles, roles) : undefined),
      ),
    )
    .orderBy(people.name);
}

/** The names of people, by id. */
export async function namesOf(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Every enabled admin, by name. */
export async function adminsOf(db: Queryable): Promise<Person[]> {
  return db
    .select()
    .from(people)
    .where(and(eq(people.enabled, true), arrayOverlaps(people.roles, ['admin'])))
    .orderBy(people.name);
}

/** Those who approved an application in its last round and are still enabled, by name. */
export async function approversOf(
  db: Queryable,
  { id, round }: { id: string; round: number },
): Promise<Person[]> {
  const approvals = db
    .select({ id: decisions.personId })
    .from(decisions)
    .where(
      and(
        eq(decisions.applicationId, id),
        eq(decisions.round, round),
        eq(decisions.act, 'approve'),
        countingVerdict,
      ),
    );
  return db
    .select()
    .from(people)
    .where(and(eq(people.enabled, true), inArray(people.id, approvals)))
    .orderBy(people.name);
}
