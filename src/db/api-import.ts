import { eq, sql } from 'drizzle-orm';
import type { AuditEvent } from '../domain/audit.ts';
import type { ImportedApi } from '../domain/openapi-import.ts';
import { appendAudit } from './audit.ts';
import type { Database, Queryable, Transaction } from './database.ts';
import { changing } from './registry.ts';
import { apis } from './schema/registry.ts';

/** What an import does, or would do, about one API. */
export interface PlannedApi extends ImportedApi {
  outcome: 'added' | 'changed' | 'unchanged';
  /** What is registered now, where that is changed. */
  before: { name: string; upstreamUrl: string } | null;
}

/** What an import would do. An API that is registered is known by its method and path, and keeps its id. */
export async function planImport(db: Queryable, found: readonly ImportedApi[]): Promise<PlannedApi[]> {
  const present = await db.select().from(apis);
  const ids = new Set(present.map(({ id }) => id));
  return found.map((api) => {
    const same = present.find(({ method, path }) => method === api.method && path === api.path);
    if (!same) {
      const id = freeId(api.id, ids);
      ids.add(id);
      return { ...api, id, outcome: 'added' as const, before: null };
    }
    const { id, name, upstreamUrl } = same;
    const isSame = name === api.name && upstreamUrl === api.upstreamUrl;
    return isSame
      ? { ...api, id, outcome: 'unchanged' as const, before: null }
      : { ...api, id, outcome: 'changed' as const, before: { name, upstreamUrl } };
  });
}

/** Imports all of it or nothing, each API with its audit row, and answers with what was done. */
export async function importApis(
  db: Database,
  found: readonly ImportedApi[],
  eventOf: (api: PlannedApi) => AuditEvent,
): Promise<PlannedApi[]> {
  return changing(db, async (tx) => {
    const planned = await planImport(tx, found);
    for (const api of planned) await carryOut(tx, api);
    for (const api of planned.filter(({ outcome }) => outcome !== 'unchanged'))
      await appendAudit(tx, eventOf(api));
    return planned;
  });
}

async function carryOut(tx: Transaction, { id, name, method, path, upstreamUrl, outcome }: PlannedApi) {
  if (outcome === 'added') await tx.insert(apis).values({ id, name, method, path, upstreamUrl });
  if (outcome === 'changed') {
    await tx
      .update(apis)
      .set({ name, upstreamUrl, revision: sql`${apis.revision} + 1` })
      .where(eq(apis.id, id));
  }
}

/** The id, or the next of it that is free. */
function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
  return id;
}
