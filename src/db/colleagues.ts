import { and, arrayOverlaps, asc, gt, ilike, not, or, sql } from 'drizzle-orm';
import type { Person } from '../domain/people.ts';
import type { Queryable } from './database.ts';
import { containing } from './patterns.ts';
import { flowLevels } from './schema/flows.ts';
import { people } from './schema/people.ts';

/** Whether any flow, of now or before, has this person decide something. */
export async function isReviewer(db: Queryable, { id, roles }: Person): Promise<boolean> {
  const held = sql`array[${sql.join(
    roles.map((role) => sql`${role}`),
    sql`, `,
  )}]::text[]`;
  const [level] = await db
    .select({ level: flowLevels.level })
    .from(flowLevels)
    .where(
      or(
        sql`${id} = any(${flowLevels.people})`,
        sql`${id} = any(${flowLevels.escalatePeople})`,
        sql`${flowLevels.roles} && ${held}`,
        sql`${flowLevels.escalateRoles} && ${held}`,
      ),
    )
    .limit(1);
  return level !== undefined;
}

/** People, no programs, whose id or name contains the text, by id; one more than `limit`. */
export async function listColleagues(
  db: Queryable,
  { q, after, limit }: { q?: string | undefined; after?: string | undefined; limit: number },
) {
  const part = q === undefined ? undefined : containing(q);
  return db
    .select({ id: people.id, name: people.name, enabled: people.enabled })
    .from(people)
    .where(
      and(
        not(arrayOverlaps(people.roles, ['portal', 'gateway'])),
        after === undefined ? undefined : gt(people.id, after),
        part === undefined ? undefined : or(ilike(people.id, part), ilike(people.name, part)),
      ),
    )
    .orderBy(asc(people.id))
    .limit(limit + 1);
}
