import { and, asc, eq, sql } from 'drizzle-orm';
import { checkpointVerifiers, signCheckpoint } from '../crypto/checkpoint-keys.ts';
import type { MasterKeys } from '../crypto/master-keys.ts';
import { openNote, type Verifier } from '../crypto/notes.ts';
import { checkpointText, parseCheckpoint } from '../domain/checkpoint.ts';
import { appendAudit, lockChain } from './audit.ts';
import type { Database, Queryable } from './database.ts';
import { audit, auditCheckpoints } from './schema/audit.ts';

const told = 'audit.checkpointed';

/**
 * Signs where the audit chain stands, keeps the note, and tells of it in the chain. Where nothing has happened since the
 * last note, that one is the answer; undefined while the chain is empty.
 */
export async function writeCheckpoint(db: Database, keys: MasterKeys): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    const last = await lockChain(tx);
    const [first] = await tx.select({ hash: audit.hash }).from(audit).where(eq(audit.seq, 1));
    if (!last || !first) return undefined;
    if (last.action === told) {
      const [stored] = await tx
        .select()
        .from(auditCheckpoints)
        .where(eq(auditCheckpoints.rows, last.seq - 1));
      if (stored) return stored.note;
    }
    const at = new Date();
    const checkpoint = { chain: first.hash, rows: last.seq, head: last.hash, at: at.toISOString() };
    const note = signCheckpoint(keys, checkpointText(checkpoint));
    await tx.insert(auditCheckpoints).values({ rows: last.seq, at, note });
    await appendAudit(tx, {
      action: told,
      actor: 'keygrant',
      via: null,
      subject: { type: 'audit', id: String(last.seq) },
      requestId: null,
      details: { rows: last.seq },
    });
    return note;
  });
}

/** A note, and how it is called where something is wrong with it. */
export interface NamedNote {
  name: string;
  note: string;
}

/**
 * Compares the chain, which must hold by itself, with every checkpoint that is stored, and with those that were kept
 * elsewhere: what the owner of the tables may have cut off, rewritten or removed shows against them.
 * @param retired keys of master keys that are no more
 * @returns how many were compared, and every difference in words
 */
export async function compareCheckpoints(
  db: Database,
  keys: MasterKeys,
  retired: readonly Verifier[],
  elsewhere: readonly NamedNote[],
): Promise<{ compared: number; differences: string[] }> {
  const verifiers = [...checkpointVerifiers(keys), ...retired];
  const stored = await db.select().from(auditCheckpoints).orderBy(asc(auditCheckpoints.rows));
  const notes = [
    ...stored.map(({ rows, note }) => ({ name: `The stored checkpoint of ${rows} rows`, note, rows })),
    ...elsewhere.map((each) => ({ ...each, rows: undefined })),
  ];
  const chain = await chainOf(db);
  const differences: string[] = [];
  for (const { name, note, rows } of notes) {
    const difference = await differenceOf(db, chain, verifiers, note, rows);
    if (difference !== undefined) differences.push(`${name} ${difference}.`);
  }
  const tellings = await db
    .select({ seq: audit.seq, id: audit.subjectId })
    .from(audit)
    .where(and(eq(audit.subjectType, 'audit'), eq(audit.action, told)))
    .orderBy(audit.seq);
  for (const { seq, id } of tellings.filter((row) => !stored.some(({ rows }) => String(rows) === row.id)))
    differences.push(`The stored checkpoint of ${id} rows is missing, though row ${seq} tells of it.`);
  for (const { rows } of stored.filter((row) => !tellings.some(({ id }) => id === String(row.rows))))
    differences.push(`The stored checkpoint of ${rows} rows is told of nowhere in the chain.`);
  return { compared: notes.length, differences };
}

async function chainOf(db: Queryable) {
  const [ends] = await db.select({ rows: sql<number>`coalesce(max(${audit.seq}), 0)::int` }).from(audit);
  const [first] = await db.select({ hash: audit.hash }).from(audit).where(eq(audit.seq, 1));
  return { rows: ends?.rows ?? 0, id: first?.hash };
}

/** What speaks against a note, to follow its name; undefined where nothing does. */
async function differenceOf(
  db: Queryable,
  chain: Awaited<ReturnType<typeof chainOf>>,
  verifiers: readonly Verifier[],
  note: string,
  rows: number | undefined,
): Promise<string | undefined> {
  const text = openNote(note, verifiers);
  if (text === undefined)
    return 'is not signed by a key of this service; if its master key is no more, its public key belongs into AUDIT_PUBLIC_KEYS';
  const checkpoint = parseCheckpoint(text);
  if (!checkpoint || (rows !== undefined && rows !== checkpoint.rows)) return 'is not what it is called';
  if (checkpoint.chain !== chain.id)
    return 'is of another chain: this one was begun anew, or is of another database';
  if (checkpoint.rows > chain.rows)
    return `saw ${checkpoint.rows} rows at ${checkpoint.at}, and the chain has ${chain.rows}: rows were cut off its end`;
  const [row] = await db.select({ hash: audit.hash }).from(audit).where(eq(audit.seq, checkpoint.rows));
  return row?.hash === checkpoint.head
    ? undefined
    : `saw another row ${checkpoint.rows} at ${checkpoint.at}: the chain was rewritten`;
}
