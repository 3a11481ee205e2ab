import { and, asc, eq, sql } from 'drizzle-orm';
import type { OnRecord } from '../domain/comparison.ts';
import type { Database, Queryable } from './database.ts';
import { applications } from './schema/applications.ts';
import { audit } from './schema/audit.ts';
import { decisions } from './schema/decisions.ts';

/** What the database has on record of an application, to be compared with what others know of it. */
export async function onRecord(db: Queryable, id: string): Promise<OnRecord> {
  const [row] = await db.select().from(applications).where(eq(applications.id, id));
  const deletion = and(
    eq(audit.subjectType, 'application'),
    eq(audit.subjectId, id),
    eq(audit.action, 'application.deleted'),
  );
  const [deleted] = row ? [] : await db.select({ seq: audit.seq }).from(audit).where(deletion);
  return {
    application: row && {
      state: row.state,
      level: row.level,
      revision: row.revision,
      erased: row.erasedAt !== null,
    },
    deleted: deleted !== undefined,
    decisions: await db
      .select()
      .from(decisions)
      .where(eq(decisions.applicationId, id))
      .orderBy(asc(decisions.signal)),
  };
}

/**
 * Decisions that the audit chain, which must hold by itself, does not tell as their rows do, and those that it tells of and
 * that have no row: in words. Needs no Temporal, so it reaches back beyond what that keeps.
 */
export async function decisionsOffRecord(db: Database): Promise<string[]> {
  return db.transaction(async (tx) => {
    // It reads all there is, which takes as long as it takes.
    await tx.execute(sql`set local statement_timeout = 0`);
    const told = sql`${audit.subjectType} = 'application' and ${audit.subjectId} = ${decisions.applicationId}
      and ${audit.details} ->> 'decision' = ${decisions.decisionId} and ${audit.action} <> 'decision.refused'`;
    const said = sql`coalesce(${audit.personal} ->> 'comment', ${audit.details} ->> 'comment', '')`;
    const { details, actor, personal, commitment } = audit;
    const { signal, personId, delegatorId, level, act, comment } = decisions;
    // Approvals of earlier levels that count at a later one are told of with the decision that reached it.
    const asTold = sql`case when ${signal} ~ '^[^/]+/[^/]+/'
      then ${details} -> 'counted' @> jsonb_build_array(jsonb_build_object('level', ${level}, 'by', ${personId}))
      else ${actor} = ${personId}
        and coalesce(${details} ->> 'inPlaceOf', '') = coalesce(${delegatorId}, '')
        and coalesce(${details} ->> 'act', ${act}) = ${act}
        and (${level} is null or ${details} ->> 'level' = ${level}::text)
        -- Where what was said has been erased from the chain there is nothing to compare it with.
        and (${said} = coalesce(${comment}, '') or ${commitment} is not null and ${personal} is null) end`;
    const untold = await tx
      .select({ id: decisions.applicationId, signal: decisions.signal })
      .from(decisions)
      .where(
        and(
          eq(decisions.outcome, 'recorded'),
          sql`not exists (select from ${audit} where ${told} and (${asTold}))`,
        ),
      );
    const missing = await tx
      .select({ seq: audit.seq, id: audit.subjectId })
      .from(audit)
      .where(
        sql`${audit.details} ->> 'decision' is not null and ${audit.action} <> 'decision.refused'
          and not exists (select from ${decisions} where ${told} and ${decisions.outcome} = 'recorded')`,
      );
    return [
      ...untold.map(
        ({ id, signal }) =>
          `The audit chain does not tell of the decision of ${id} by signal ${signal} as its row does.`,
      ),
      ...missing.map(
        ({ id, seq }) => `Row ${seq} of the audit chain tells of a decision of ${id} that has no row.`,
      ),
    ];
  });
}
