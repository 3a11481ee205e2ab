import { inArray } from 'drizzle-orm';
import type { Static } from 'typebox';
import type { Queryable } from '../db/database.ts';
import { people } from '../db/schema/people.ts';
import type { Violation } from '../domain/errors.ts';
import type { Reviewers } from '../domain/levels.ts';
import type { FlowBody } from './flow-schemas.ts';

type Body = Static<typeof FlowBody>;
type Level = Body['levels'][number];

/** What a schema cannot see: levels that nobody reviews, people who are not registered, hours out of order. */
export async function flowViolations(db: Queryable, { levels }: Body): Promise<Violation[]> {
  const named = levels.flatMap(({ reviewers, escalateTo }) => [...reviewers.people, ...escalateTo.people]);
  const rows = await db.select({ id: people.id }).from(people).where(inArray(people.id, named));
  const known = new Set(rows.map(({ id }) => id));
  return levels.flatMap((level, index) => {
    const field = `levels.${index}`;
    const { reviewers, escalateTo } = level;
    return [
      ...nobody(`${field}.reviewers`, reviewers),
      ...unknown(`${field}.reviewers.people`, reviewers, known),
      ...unknown(`${field}.escalateTo.people`, escalateTo, known),
      ...hoursOutOfOrder(field, level),
    ];
  });
}

function nobody(field: string, { people: ids, roles }: Reviewers): Violation[] {
  return ids.length + roles.length > 0
    ? []
    : [{ field, message: 'Nobody reviews this level; name at least one person or role.' }];
}

function unknown(field: string, { people: ids }: Reviewers, known: ReadonlySet<string>): Violation[] {
  return ids
    .filter((id) => !known.has(id))
    .map((id) => ({ field, message: `Nobody is registered as ${id}.` }));
}

function hoursOutOfOrder(field: string, level: Level): Violation[] {
  const { remindAfterHours, escalateAfterHours, escalateTo, lapseAfterHours, denyAfterHours } = level;
  const violations: Violation[] = [];
  const say = (name: keyof Level, message: string) => violations.push({ field: `${field}.${name}`, message });
  if (lapseAfterHours !== null && denyAfterHours !== null)
    say('denyAfterHours', 'A level either lapses or denies; leave one of the two null.');
  const end = lapseAfterHours ?? denyAfterHours;
  if (end !== null && (remindAfterHours ?? 0) >= end)
    say('remindAfterHours', 'A reminder must come before the end.');
  if (end !== null && (escalateAfterHours ?? 0) >= end)
    say('escalateAfterHours', 'An escalation must come before the end.');
  const toNobody = escalateTo.people.length + escalateTo.roles.length === 0;
  if (escalateAfterHours !== null && toNobody) say('escalateTo', 'Say to whom it escalates.');
  if (escalateAfterHours === null && !toNobody)
    say('escalateAfterHours', 'Say when it escalates, or leave out to whom.');
  return violations;
}
