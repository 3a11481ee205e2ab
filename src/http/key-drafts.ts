import { and, eq } from 'drizzle-orm';
import type { Static } from 'typebox';
import type { Queryable } from '../db/database.ts';
import type { DraftContent } from '../db/drafts.ts';
import { keyAsIs } from '../db/keys.ts';
import { applications } from '../db/schema/applications.ts';
import { keys } from '../db/schema/keys.ts';
import { visibleTo } from '../db/visibility.ts';
import type { NewDraft } from './application-schemas.ts';
import type { Caller } from './auth.ts';
import { invalid } from './errors.ts';

/**
 * The content of a new draft. One for the change or the end of a key begins with what the key has; only a key that came
 * from an application of one's own can be applied about.
 */
export async function contentOfNew(
  db: Queryable,
  caller: Caller,
  draft: Static<typeof NewDraft>,
): Promise<DraftContent> {
  const { kind = 'apply', keyId, ...given } = draft;
  if (kind === 'apply') {
    if (keyId === undefined) return given;
    throw invalid([
      {
        field: 'keyId',
        message: {
          en: 'Only an update or a revocation names a key; leave it out.',
          'zh-TW': '只有變更或註銷需要指定金鑰；請不要填寫。',
        },
      },
    ]);
  }
  const key =
    keyId !== undefined && (await isOwnKey(db, caller, keyId)) ? await keyAsIs(db, keyId) : undefined;
  if (keyId === undefined || !key)
    throw invalid([
      {
        field: 'keyId',
        message: {
          en: 'Name the key: one of your own, from GET /v1/keys.',
          'zh-TW': '請指定金鑰：從 GET /v1/keys 中選擇您自己的金鑰。',
        },
      },
    ]);
  const { clientId, keyName, effectiveOn, expiresOn, quota, apiIds } = key;
  const content = { clientId, keyName, effectiveOn, expiresOn, quota, apiIds };
  return {
    kind,
    keyId,
    ...content,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

async function isOwnKey(db: Queryable, caller: Caller, keyId: string): Promise<boolean> {
  const [row] = await db
    .select({ id: keys.id })
    .from(keys)
    .innerJoin(applications, eq(applications.id, keys.applicationId))
    .where(and(eq(keys.id, keyId), eq(applications.applicantId, caller.person.id), visibleTo(db, caller)));
  return row !== undefined;
}
