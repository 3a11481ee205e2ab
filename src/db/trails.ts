import { and, asc, eq, gt, inArray, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type ApplicationRow, countingVerdict } from './applications.ts';
import type { Queryable } from './database.ts';
import { audit } from './schema/audit.ts';
import { decisions } from './schema/decisions.ts';
import { keys } from './schema/keys.ts';
import { mailAttempts, mails } from './schema/mails.ts';
import { people } from './schema/people.ts';

/**
 * The audit rows about one subject with the names of who did it, oldest first.
 * @param after only those of a higher number: numbers are given out in the order of the commits, so none comes later
 */
export async function trailOf(db: Queryable, type: string, id: string, after = 0) {
  return db
    .select({ event: audit, by: people.name })
    .from(audit)
    .leftJoin(people, eq(people.id, audit.actor))
    .where(and(eq(audit.subjectType, type), eq(audit.subjectId, id), gt(audit.seq, after)))
    .orderBy(asc(audit.seq));
}

/** The audit rows about a key, in its own trail and in those of its applications, oldest first. */
export async function trailOfKey(db: Queryable, keyId: string) {
  return db
    .select({ event: audit, by: people.name })
    .from(audit)
    .leftJoin(people, eq(people.id, audit.actor))
    .where(
      or(
        sql`${audit.details} ->> 'key' = ${keyId}`,
        and(eq(audit.subjectType, 'key'), eq(audit.subjectId, keyId)),
      ),
    )
    .orderBy(asc(audit.seq));
}

/** An application's mails with every attempt and the server's answers. */
export async function mailsOf(db: Queryable, applicationId: string) {
  const rows = await db
    .select()
    .from(mails)
    .where(eq(mails.applicationId, applicationId))
    .orderBy(mails.createdAt);
  const attempts = await db
    .select()
    .from(mailAttempts)
    .where(
      inArray(
        mailAttempts.mailId,
        rows.map((mail) => mail.id),
      ),
    )
    .orderBy(mailAttempts.number);
  return rows.map((mail) => ({ mail, attempts: attempts.filter((attempt) => attempt.mailId === mail.id) }));
}

const delegators = alias(people, 'delegators');

/** The recorded decisions of one round, by level. */
export async function decisionsOf(db: Queryable, applicationId: string, round: number) {
  return db
    .select({
      level: decisions.level,
      act: decisions.act,
      at: decisions.createdAt,
      by: people.name,
      byId: people.id,
      delegatorId: decisions.delegatorId,
      delegator: delegators.name,
      comment: decisions.comment,
    })
    .from(decisions)
    .innerJoin(people, eq(people.id, decisions.personId))
    .leftJoin(delegators, eq(delegators.id, decisions.delegatorId))
    .where(and(eq(decisions.applicationId, applicationId), eq(decisions.round, round), countingVerdict))
    .orderBy(decisions.level, decisions.createdAt);
}

/** Every signal that the workflows of an application received, whatever became of it. */
export async function signalsOf(db: Queryable, applicationId: string) {
  return db
    .select({ signal: decisions, by: people.name })
    .from(decisions)
    .leftJoin(people, eq(people.id, decisions.personId))
    .where(eq(decisions.applicationId, applicationId))
    .orderBy(decisions.createdAt, decisions.signal);
}

/** The outcome of one decision, once a workflow has recorded it. */
export async function outcomeOf(db: Queryable, decisionId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ outcome: decisions.outcome })
    .from(decisions)
    .where(eq(decisions.decisionId, decisionId))
    .limit(1);
  return row?.outcome;
}

/** The key that an application led to, or is about. */
export async function keyOf(db: Queryable, { id, keyId }: Pick<ApplicationRow, 'id' | 'keyId'>) {
  const [key] = await db
    .select({ id: keys.id, apiKey: keys.apiKey })
    .from(keys)
    .where(keyId === null ? eq(keys.applicationId, id) : eq(keys.id, keyId));
  return key;
}
