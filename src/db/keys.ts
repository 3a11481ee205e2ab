import { eq } from 'drizzle-orm';
import type { KeyAsIs } from '../domain/application.ts';
import type { Queryable } from './database.ts';
import { keyApis, keys } from './schema/keys.ts';

/** A key as an application for its change or its end finds it; undefined where there is none of that id. */
export async function keyAsIs(
  db: Queryable,
  id: string,
  options: { lock?: boolean } = {},
): Promise<KeyAsIs | undefined> {
  const query = db.select().from(keys).where(eq(keys.id, id));
  const [key] = await (options.lock ? query.for('update') : query);
  if (!key) return undefined;
  const opened = await db.select().from(keyApis).where(eq(keyApis.keyId, id)).orderBy(keyApis.apiId);
  const { clientId, name, effectiveOn, expiresOn, quota, used, revision, revokedAt } = key;
  return {
    clientId,
    keyName: name,
    effectiveOn,
    expiresOn,
    quota,
    apiIds: opened.map(({ apiId }) => apiId),
    used,
    revision,
    revoked: revokedAt !== null,
  };
}
