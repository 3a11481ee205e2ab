import { inArray } from 'drizzle-orm';
import type { Static } from 'typebox';
import type { Queryable } from '../db/database.ts';
import { people } from '../db/schema/people.ts';
import type { Violation } from '../domain/errors.ts';
import type { Words } from '../domain/languages.ts';
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
    : [
        {
          field,
          message: {
            en: 'Nobody reviews this level; name at least one person or role.',
            'zh-TW': '這一關沒有審核人；請至少指定一位人員或一個角色。',
          },
        },
      ];
}

function unknown(field: string, { people: ids }: Reviewers, known: ReadonlySet<string>): Violation[] {
  return ids
    .filter((id) => !known.has(id))
    .map((id) => ({
      field,
      message: { en: `Nobody is registered as ${id}.`, 'zh-TW': `沒有以 ${id} 登錄的人員。` },
    }));
}

function hoursOutOfOrder(field: string, level: Level): Violation[] {
  const { remindAfterHours, escalateAfterHours, escalateTo, lapseAfterHours, denyAfterHours } = level;
  const violations: Violation[] = [];
  const say = (name: keyof Level, message: Words) => violations.push({ field: `${field}.${name}`, message });
  if (lapseAfterHours !== null && denyAfterHours !== null)
    say('denyAfterHours', {
      en: 'A level either lapses or denies; leave one of the two null.',
      'zh-TW': '每一關逾期時，只能失效或駁回；請將其中一項留為 null。',
    });
  const end = lapseAfterHours ?? denyAfterHours;
  if (end !== null && (remindAfterHours ?? 0) >= end)
    say('remindAfterHours', { en: 'A reminder must come before the end.', 'zh-TW': '提醒必須早於期限。' });
  if (end !== null && (escalateAfterHours ?? 0) >= end)
    say('escalateAfterHours', {
      en: 'An escalation must come before the end.',
      'zh-TW': '升級必須早於期限。',
    });
  const toNobody = escalateTo.people.length + escalateTo.roles.length === 0;
  if (escalateAfterHours !== null && toNobody)
    say('escalateTo', { en: 'Say to whom it escalates.', 'zh-TW': '請指定升級給誰。' });
  if (escalateAfterHours === null && !toNobody)
    say('escalateAfterHours', {
      en: 'Say when it escalates, or leave out to whom.',
      'zh-TW': '請指定何時升級，或不要指定升級給誰。',
    });
  return violations;
}
