import {
  and,
  desc,
  eq,
  exists,
  gt,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { CalendarDate } from '../domain/dates.ts';
import type { KeyState } from '../domain/key-states.ts';
import type { Database } from './database.ts';
import { usesOf } from './key-uses.ts';
import { containing } from './patterns.ts';
import { applications } from './schema/applications.ts';
import { keyCalls, keyUses } from './schema/calls.ts';
import { formerSecrets, keyApis, keys, keyWarnings } from './schema/keys.ts';
import { people } from './schema/people.ts';
import { apis, clients } from './schema/registry.ts';
import { type Viewer, visibleTo } from './visibility.ts';

/** What keys are looked for by; filters combine. */
export interface KeyFilter {
  id?: string | undefined;
  state?: KeyState | undefined;
  clientId?: string | undefined;
  usedBy?: 'dgrk' | 'message' | undefined;
  /** A part of the key's or its client's name, or the whole id or public half. */
  q?: string | undefined;
}

const holders = alias(people, 'holders');

/** Keys that the viewer may see, newest first, with all that their views tell. */
export type ListedKey = Awaited<ReturnType<typeof listKeys>>[number];

/** @param after where the page before ended */
export async function listKeys(
  db: Database,
  viewer: Viewer,
  filter: KeyFilter,
  {
    today,
    limit,
    after,
  }: { today: CalendarDate; limit: number; after?: readonly [string, string] | undefined },
) {
  const { id, state, clientId, usedBy, q } = filter;
  const text = q === undefined || q === '' ? undefined : q;
  const rows = await db
    .select({
      key: keys,
      client: clients,
      application: applications,
      former: formerSecrets,
      suspender: people.name,
      holder: { id: applications.applicantId, name: holders.name },
    })
    .from(keys)
    .innerJoin(clients, eq(clients.id, keys.clientId))
    .innerJoin(applications, eq(applications.id, keys.applicationId))
    .innerJoin(holders, eq(holders.id, applications.applicantId))
    .leftJoin(formerSecrets, eq(formerSecrets.keyId, keys.id))
    .leftJoin(people, eq(people.id, keys.suspendedBy))
    .where(
      and(
        visibleTo(db, viewer),
        after && sql`(${keys.createdAt}, ${keys.id}) < (${after[0]}::timestamptz, ${after[1]}::text)`,
        id === undefined ? undefined : eq(keys.id, id),
        state && inState(state, today),
        clientId === undefined ? undefined : eq(keys.clientId, clientId),
        usedBy &&
          exists(
            db
              .select({ one: sql`1` })
              .from(keyUses)
              .where(and(eq(keyUses.keyId, keys.id), eq(keyUses.scheme, usedBy))),
          ),
        text === undefined
          ? undefined
          : or(
              ilike(keys.name, containing(text)),
              ilike(clients.name, containing(text)),
              eq(keys.id, text),
              eq(keys.apiKey, text),
            ),
      ),
    )
    .orderBy(desc(keys.createdAt), desc(keys.id))
    .limit(limit);
  const ids = rows.map(({ key }) => key.id);
  const [opened, uses, warnings] = await Promise.all([
    db
      .select({ keyId: keyApis.keyId, id: apis.id, name: apis.name, method: apis.method, path: apis.path })
      .from(keyApis)
      .innerJoin(apis, eq(apis.id, keyApis.apiId))
      .where(inArray(keyApis.keyId, ids))
      .orderBy(apis.id),
    usesOf(db, ids),
    db
      .select()
      .from(keyWarnings)
      .where(and(inArray(keyWarnings.keyId, ids), eq(keyWarnings.kind, 'quota')))
      .orderBy(keyWarnings.threshold),
  ]);
  return rows.map((row) => ({
    ...row,
    apis: opened
      .filter(({ keyId }) => keyId === row.key.id)
      .map(({ id: apiId, name, method, path }) => ({ id: apiId, name, method, path })),
    uses: uses.get(row.key.id),
    quotaWarnings: warnings.filter(
      ({ keyId, about }) => keyId === row.key.id && about === String(row.key.quota),
    ),
  }));
}

/** The table of src/domain/key-states.ts as a condition: each state excludes those before it. */
function inState(state: KeyState, today: CalendarDate): SQL | undefined {
  const [alive, current] = [isNull(keys.revokedAt), gte(keys.expiresOn, today)];
  const conditions: Record<KeyState, SQL | undefined> = {
    revoked: isNotNull(keys.revokedAt),
    expired: and(alive, lt(keys.expiresOn, today), lte(keys.effectiveOn, today)),
    suspended: and(alive, current, isNotNull(keys.suspendedAt)),
    'not-yet-effective': and(alive, current, isNull(keys.suspendedAt), gt(keys.effectiveOn, today)),
    effective: and(alive, current, isNull(keys.suspendedAt), lte(keys.effectiveOn, today)),
  };
  return conditions[state];
}

/** How many calls of a key passed and were refused, by day, from a day on; days without any are left out. */
export async function callsOf(db: Database, keyId: string, from: CalendarDate) {
  return db
    .select({ day: keyCalls.day, passed: keyCalls.passed, refused: keyCalls.refused })
    .from(keyCalls)
    .where(and(eq(keyCalls.keyId, keyId), gte(keyCalls.day, from)))
    .orderBy(keyCalls.day);
}
