import { eq, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { formerSecrets, keyApis, keys } from '../db/schema/keys.ts';
import { apis, clients } from '../db/schema/registry.ts';
import type { Route } from './paths.ts';

/** A registered API, and where its calls go. */
export interface UpstreamRoute extends Route {
  id: string;
  upstreamUrl: string;
}

/** A key with everything that decides on its calls. */
export type CheckedKey = NonNullable<Awaited<ReturnType<typeof findKey>>>;

/**
 * The key of that public half, with its client and the APIs that it opens, in one statement. It is cached, so whatever is
 * read here must be told of by a trigger on its table (`tell_of_change`, src/db/changes.ts).
 */
export async function findKey(db: Database, apiKey: string) {
  const [row] = await db
    .select({
      id: keys.id,
      name: keys.name,
      sealedSecret: keys.sealedSecret,
      masterKeyVersion: keys.masterKeyVersion,
      effectiveOn: keys.effectiveOn,
      expiresOn: keys.expiresOn,
      suspendedAt: keys.suspendedAt,
      revokedAt: keys.revokedAt,
      dgrkUntil: keys.dgrkUntil,
      quota: keys.quota,
      used: keys.used,
      /** The secret before, during a rotation; until when it is valid, null for no end yet. */
      former: {
        sealedSecret: formerSecrets.sealedSecret,
        masterKeyVersion: formerSecrets.masterKeyVersion,
        endsAt: formerSecrets.endsAt,
      },
      client: { id: clients.id, name: clients.name, enabled: clients.enabled },
      routes: sql<UpstreamRoute[]>`(
        select coalesce(json_agg(json_build_object(
          'id', ${apis.id}, 'method', ${apis.method}, 'path', ${apis.path}, 'upstreamUrl', ${apis.upstreamUrl})), '[]')
        from ${keyApis} join ${apis} on ${apis.id} = ${keyApis.apiId}
        where ${keyApis.keyId} = ${keys.id} and ${apis.enabled})`,
    })
    .from(keys)
    .innerJoin(clients, eq(clients.id, keys.clientId))
    .leftJoin(formerSecrets, eq(formerSecrets.keyId, keys.id))
    .where(eq(keys.apiKey, apiKey));
  return row;
}
