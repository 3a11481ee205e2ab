import { desc, eq } from 'drizzle-orm';
import type { ApplicationContent, KeyAsIs } from '../domain/application.ts';
import { isEditable } from '../domain/application-states.ts';
import { type Change, changesBetween } from '../domain/changes.ts';
import type { ApplicationRow } from './applications.ts';
import type { Queryable } from './database.ts';
import { submissions } from './schema/applications.ts';

/** What is different from something that a reviewer may know already. */
export interface Comparison {
  comparedWith: 'key' | 'previous-round';
  fields: Change[];
}

/**
 * What a reviewer should look at: against the key as it is, where one is to be changed, and against what was submitted
 * in the round before, if it was returned.
 * @param key as it is now; the one of the submission is preferred
 */
export async function comparisonsOf(
  db: Queryable,
  { id, kind, state }: ApplicationRow,
  content: ApplicationContent,
  key: KeyAsIs | undefined,
): Promise<Comparison[]> {
  // A draft is compared with the round before it, which is the last one that was submitted.
  const draft = isEditable(state);
  const rows = await db
    .select()
    .from(submissions)
    .where(eq(submissions.applicationId, id))
    .orderBy(desc(submissions.round))
    .limit(2);
  const present = draft ? undefined : rows[0];
  const previous = draft ? rows[0] : rows[1];
  const before = present?.keyBefore ?? key;
  const comparisons: Comparison[] = [];
  if (kind === 'update' && before)
    comparisons.push({ comparedWith: 'key', fields: changesBetween(before, content) });
  if (previous)
    comparisons.push({ comparedWith: 'previous-round', fields: changesBetween(previous.content, content) });
  return comparisons;
}
