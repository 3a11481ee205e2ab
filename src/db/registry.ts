import { and, asc, eq, gt, ilike, or, type SQL, sql } from 'drizzle-orm';
import type { AuditEvent } from '../domain/audit.ts';
import { KeygrantError } from '../domain/errors.ts';
import type { Words } from '../domain/languages.ts';
import { appendAudit } from './audit.ts';
import { brokenConstraint, type Database } from './database.ts';
import { containing } from './patterns.ts';
import type { people } from './schema/people.ts';
import type { apis, clients } from './schema/registry.ts';

/** The tables that admins keep: entries with an id that they choose, a name, and a revision. */
export type Registry = typeof clients | typeof apis | typeof people;
export type Entry<T extends Registry> = T['$inferSelect'];

// Drizzle cannot type a query over "one of these tables"; each function names what it needs of it.
type AnyRegistry = typeof clients;

/** Adds an entry and its audit row. */
export async function addEntry<T extends Registry>(
  db: Database,
  table: T,
  entry: T['$inferInsert'],
  event: AuditEvent,
): Promise<Entry<T>> {
  return changing(db, async (tx) => {
    const [row] = await tx
      .insert(table as AnyRegistry)
      .values(entry as AnyRegistry['$inferInsert'])
      .returning();
    await appendAudit(tx, event);
    return row as Entry<T>;
  });
}

/** Changes the revision of an entry that its editor saw, and writes the audit row. */
export async function changeEntry<T extends Registry>(
  db: Database,
  table: T,
  id: string,
  revision: number,
  change: Partial<T['$inferInsert']>,
  event: AuditEvent,
): Promise<Entry<T>> {
  const { revision: column, id: idColumn } = table as AnyRegistry;
  return changing(db, async (tx) => {
    const [row] = await tx
      .update(table as AnyRegistry)
      .set({ ...change, revision: sql`${column} + 1` })
      .where(and(eq(idColumn, id), eq(column, revision)))
      .returning();
    if (!row) {
      const [present] = await tx
        .select({ revision: column })
        .from(table as AnyRegistry)
        .where(eq(idColumn, id));
      throw present
        ? new KeygrantError('revision-changed', {
            en: `It is at revision ${present.revision} now; read it again.`,
            'zh-TW': `目前是第 ${present.revision} 版；請重新讀取。`,
          })
        : new KeygrantError('not-found');
    }
    await appendAudit(tx, event);
    return row;
  });
}

/** One entry; undefined where there is none. */
export async function findEntry<T extends Registry>(
  db: Database,
  table: T,
  id: string,
): Promise<Entry<T> | undefined> {
  const [row] = await db
    .select()
    .from(table as AnyRegistry)
    .where(eq(table.id, id));
  return row;
}

/** Entries whose id or name, or another text of theirs, contains the text, by id; one more than `limit`, so that the caller knows of a next page. */
export async function listEntries<T extends Registry>(
  db: Database,
  table: T,
  query: { q?: string | undefined; after?: string | undefined; limit: number },
  other?: SQL,
): Promise<Entry<T>[]> {
  const { id, name } = table as AnyRegistry;
  const part = query.q === undefined ? undefined : containing(query.q);
  const rows = await db
    .select()
    .from(table as AnyRegistry)
    .where(
      and(
        query.after === undefined ? undefined : gt(id, query.after),
        part === undefined ? undefined : or(ilike(id, part), ilike(name, part), other && ilike(other, part)),
      ),
    )
    .orderBy(asc(id))
    .limit(query.limit + 1);
  return rows;
}

/** The constraints that a person can run into, in words. */
const taken: Readonly<Record<string, Words>> = {
  clients_pkey: { en: 'There is a client of this id already.', 'zh-TW': '已有這個識別碼的用戶端。' },
  clients_name: { en: 'There is a client of this name already.', 'zh-TW': '已有這個名稱的用戶端。' },
  apis_pkey: { en: 'There is an API of this id already.', 'zh-TW': '已有這個識別碼的 API。' },
  apis_method_path: {
    en: 'There is an API with this method and path already.',
    'zh-TW': '已有這個方法與路徑的 API。',
  },
  people_pkey: { en: 'There is a person of this id already.', 'zh-TW': '已有這個識別碼的人員。' },
};

/** A change in one transaction; a constraint that a person can run into is told in words. */
export async function changing<R>(db: Database, change: Parameters<typeof db.transaction<R>>[0]): Promise<R> {
  try {
    return await db.transaction(change);
  } catch (error) {
    const message = taken[brokenConstraint(error) ?? ''];
    throw message ? new KeygrantError('already-exists', message) : error;
  }
}
