import type { Static } from 'typebox';
import { standingOf } from '../db/key-life.ts';
import { type ListedKey, listKeys } from '../db/key-lists.ts';
import { dateIn, validityOn } from '../domain/dates.ts';
import { KeygrantError } from '../domain/errors.ts';
import { actionsOn } from '../domain/key-acts.ts';
import type { Caller } from './auth.ts';
import type { Context } from './context.ts';
import { actPaths, type Key } from './key-schemas.ts';

/** One key as the caller may see it; throws where there is none for them. */
export async function visibleKey(
  { db, config }: Pick<Context, 'db' | 'config'>,
  caller: Caller,
  id: string,
): Promise<Static<typeof Key>> {
  const today = dateIn(config.timeZone, new Date());
  const [found] = await listKeys(db, caller, { id }, { today, limit: 1 });
  if (!found) throw new KeygrantError('not-found');
  return viewKey(found, caller, today);
}

/** Everything about a key but its secrets. */
export function viewKey(listed: ListedKey, { person }: Caller, today: string): Static<typeof Key> {
  const { key, client, application, former, suspender, holder, apis, uses, quotaWarnings } = listed;
  const standing = standingOf(key, application, former ?? undefined, today);
  return {
    id: key.id,
    apiKey: key.apiKey,
    name: key.name,
    client: { id: client.id, name: client.name },
    applicationId: key.applicationId,
    holder,
    state: standing.state,
    effectiveOn: key.effectiveOn,
    expiresOn: key.expiresOn,
    validity: validityOn(today, key.effectiveOn, key.expiresOn),
    revokedAt: key.revokedAt?.toISOString() ?? null,
    suspension:
      key.suspendedAt && key.suspendedBy && key.suspendedFor
        ? {
            at: key.suspendedAt.toISOString(),
            by: { id: key.suspendedBy, name: suspender ?? key.suspendedBy },
            for: key.suspendedFor,
            comment: key.suspensionComment ?? '',
          }
        : null,
    rotation: former && {
      startedAt: former.rotatedAt.toISOString(),
      handedOver: former.handedOver,
      graceSince: former.graceSince?.toISOString() ?? null,
      graceSeconds: former.graceMs === null ? null : former.graceMs / 1000,
      unusedDays: former.unusedDays,
      endsAt: former.endsAt?.toISOString() ?? null,
      lastUsedAt: former.lastUsedAt?.toISOString() ?? null,
    },
    usable: standing.state === 'effective' && client.enabled,
    quota: key.quota,
    used: key.used,
    quotaWarnings: quotaWarnings.map(({ threshold, at }) => ({ percent: threshold, at: at.toISOString() })),
    apis,
    dgrkUntil: key.dgrkUntil,
    lastUse: { dgrk: null, message: null, ...uses },
    actions: actionsOn(standing, person).map((act) => actPaths[act]),
    revision: key.revision + key.lifeRevision,
    createdAt: key.createdAt.toISOString(),
  };
}
