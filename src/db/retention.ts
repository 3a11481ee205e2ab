import { and, eq, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { applicationStates, isEditable, isEnded } from '../domain/application-states.ts';
import { erasureOf } from '../domain/audit.ts';
import { retentionCutoff } from '../domain/retention.ts';
import { appendAudit } from './audit.ts';
import type { Database, Queryable, Transaction } from './database.ts';
import { applications, submissions } from './schema/applications.ts';
import { audit } from './schema/audit.ts';
import { decisions } from './schema/decisions.ts';
import { delegations } from './schema/delegations.ts';
import { addressChanges } from './schema/deliveries.ts';
import { keyActs, keys } from './schema/keys.ts';
import { mailAttempts, mails } from './schema/mails.ts';
import { people } from './schema/people.ts';
import { clients } from './schema/registry.ts';

/** Something whose time has come, as the audit trail calls it. */
export interface Erasable {
  type: 'application' | 'client' | 'person';
  id: string;
  /** Why it may go. */
  why: string;
}

/**
 * What is to be erased now, at most `limit` of each kind. Applications that ended, or that their applicants left lying, and
 * deleted drafts, of which only the trail is left; then clients and people who are disabled and appear in nothing that is
 * not erased. All of it untouched for the years of the setting; an application whose key still opens anything stays.
 */
export async function findErasable(
  db: Queryable,
  years: number,
  now: Date,
  limit: number,
): Promise<Erasable[]> {
  const cutoff = retentionCutoff(now, years);
  const ended = await db
    .select({ id: applications.id, state: applications.state })
    .from(applications)
    .where(restingApplication(cutoff))
    .orderBy(applications.stateSince, applications.id)
    .limit(limit);
  const deleted = await db
    .select({ id: audit.subjectId })
    .from(audit)
    .where(
      and(
        eq(audit.action, 'application.deleted'),
        lte(audit.at, cutoff),
        hasPersonal('application', audit.subjectId),
      ),
    )
    .limit(limit);
  const unused = await db.select({ id: clients.id }).from(clients).where(restingClient(cutoff)).limit(limit);
  const gone = await db.select({ id: people.id }).from(people).where(restingPerson(cutoff)).limit(limit);
  const since = `untouched since ${cutoff.toISOString().slice(0, 10)}`;
  return [
    ...ended.map(({ id, state }) => ({ type: 'application' as const, id, why: `${state}, ${since}` })),
    ...deleted.map(({ id }) => ({ type: 'application' as const, id, why: `a deleted draft, ${since}` })),
    ...unused.map(({ id }) => ({ type: 'client' as const, id, why: `disabled, ${since}` })),
    ...gone.map(({ id }) => ({ type: 'person' as const, id, why: `disabled, ${since}` })),
  ];
}

/**
 * Erases what is personal in one of them: its row, what belongs to it, and its trail, in one transaction with the audit
 * row that tells of it. Ids stay, as pseudonyms. What has been touched meanwhile, or is erased already, is left alone.
 * @returns whether anything was erased
 */
export async function erase(
  db: Database,
  { type, id }: Erasable,
  years: number,
  now: Date,
): Promise<boolean> {
  const cutoff = retentionCutoff(now, years);
  return db.transaction(async (tx) => {
    if (!(await emptyRow(tx, type, id, cutoff, now))) return false;
    const subject = { type, id };
    await appendAudit(tx, {
      action: erasureOf(type),
      actor: 'keygrant',
      via: null,
      subject,
      requestId: null,
      details: { years },
    });
    // What the service may not change itself: a function of the owner's does, and only what the row above tells of.
    await tx.execute(sql`select erase_personal(${type}, ${id})`);
    if (type === 'application') await eraseKey(tx, id, years);
    return true;
  });
}

/** The key of an application goes with it: what people wrote about it, in its rows and in a trail of its own. */
async function eraseKey(tx: Transaction, applicationId: string, years: number): Promise<void> {
  const [key] = await tx
    .update(keys)
    .set({ suspensionComment: null })
    .where(eq(keys.applicationId, applicationId))
    .returning({ id: keys.id });
  if (!key) return;
  await tx.update(keyActs).set({ comment: null }).where(eq(keyActs.keyId, key.id));
  await appendAudit(tx, {
    action: erasureOf('key'),
    actor: 'keygrant',
    via: null,
    subject: { type: 'key', id: key.id },
    requestId: null,
    details: { key: key.id, years },
  });
  await tx.execute(sql`select erase_personal('key', ${key.id})`);
}

async function emptyRow(
  tx: Transaction,
  type: Erasable['type'],
  id: string,
  cutoff: Date,
  now: Date,
): Promise<boolean> {
  if (type === 'client') {
    const rows = await tx
      .update(clients)
      .set({ emails: [], revision: sql`${clients.revision} + 1` })
      .where(and(eq(clients.id, id), restingClient(cutoff)))
      .returning({ id: clients.id });
    return rows.length > 0;
  }
  if (type === 'person') {
    const rows = await tx
      .update(people)
      .set({ name: id, email: '', revision: sql`${people.revision} + 1` })
      .where(and(eq(people.id, id), restingPerson(cutoff)))
      .returning({ id: people.id });
    if (rows.length === 0) return false;
    const theirs = or(eq(delegations.delegatorId, id), eq(delegations.deputyId, id));
    await tx.update(delegations).set({ reason: null }).where(theirs);
    return true;
  }
  const [application] = await tx
    .select({ id: applications.id })
    .from(applications)
    .where(eq(applications.id, id));
  return application ? emptyApplication(tx, id, cutoff, now) : isDeletedDraft(tx, id, cutoff);
}

async function emptyApplication(tx: Transaction, id: string, cutoff: Date, now: Date): Promise<boolean> {
  const [emptied] = await tx
    .update(applications)
    .set({
      keyName: null,
      description: null,
      // A short text could be guessed from what was made of it.
      digest: null,
      idempotencyKey: null,
      idempotencyFingerprint: null,
      reason: null,
      ownReason: null,
      refusal: null,
      erasedAt: now,
    })
    .where(and(eq(applications.id, id), restingApplication(cutoff)))
    .returning({ id: applications.id });
  if (!emptied) return false;
  await tx.delete(submissions).where(eq(submissions.applicationId, id));
  await tx.update(keys).set({ name: keys.id }).where(eq(keys.applicationId, id));
  const own = tx.select({ id: mails.id }).from(mails).where(eq(mails.applicationId, id));
  // Servers answer with the addresses that they were given.
  await tx.update(mailAttempts).set({ answer: null }).where(inArray(mailAttempts.mailId, own));
  await tx.update(mails).set({ recipients: [], accepted: [] }).where(eq(mails.applicationId, id));
  await tx
    .update(addressChanges)
    .set({ email: '', comment: '', outcome: null })
    .where(eq(addressChanges.applicationId, id));
  return true;
}

async function isDeletedDraft(tx: Transaction, id: string, cutoff: Date): Promise<boolean> {
  const [row] = await tx
    .select({ seq: audit.seq })
    .from(audit)
    .where(
      and(
        eq(audit.subjectType, 'application'),
        eq(audit.subjectId, id),
        eq(audit.action, 'application.deleted'),
        lte(audit.at, cutoff),
        hasPersonal('application', audit.subjectId),
      ),
    );
  return row !== undefined;
}

const resting = applicationStates.filter((state) => isEnded(state) || isEditable(state));

function restingApplication(cutoff: Date): SQL | undefined {
  return and(
    isNull(applications.erasedAt),
    inArray(applications.state, resting),
    lte(applications.stateSince, cutoff),
    untouched('application', applications.id, cutoff),
    sql`not exists (select from ${keys} where (${keys.applicationId} = ${applications.id} or ${keys.id} = ${applications.keyId})
      and not (${ended(cutoff)} and ${unsaid(cutoff)}))`,
  );
}

/** A key that was revoked, or expired, before the cutoff. */
function ended(cutoff: Date): SQL | undefined {
  const day = cutoff.toISOString().slice(0, 10);
  return sql`(coalesce(${keys.revokedAt} <= ${cutoff.toISOString()}::timestamptz, false) or ${keys.expiresOn} < ${day})`;
}

function restingClient(cutoff: Date): SQL | undefined {
  return and(
    eq(clients.enabled, false),
    sql`cardinality(${clients.emails}) > 0`,
    untouched('client', clients.id, cutoff),
    unmentioned(sql`${applications.clientId} = ${clients.id}`),
  );
}

function restingPerson(cutoff: Date): SQL | undefined {
  return and(
    eq(people.enabled, false),
    ne(people.email, ''),
    untouched('person', people.id, cutoff),
    unmentioned(sql`${people.id} in (${applications.applicantId}, ${applications.portalId})`),
    unmentioned(sql`exists (select from ${decisions}
      where ${decisions.applicationId} = ${applications.id} and ${decisions.personId} = ${people.id})`),
    unmentioned(sql`exists (select from ${keyActs} join ${keys} on ${keys.id} = ${keyActs.keyId}
      where ${keys.applicationId} = ${applications.id} and ${keyActs.personId} = ${people.id})`),
  );
}

/** No application that is not erased has to do with it. */
function unmentioned(condition: SQL): SQL {
  return sql`not exists (select from ${applications} where ${applications.erasedAt} is null and ${condition})`;
}

/** Nothing has happened to it since. */
function untouched(
  type: Erasable['type'],
  id: SQL | typeof applications.id | typeof clients.id | typeof people.id,
  cutoff: Date,
): SQL {
  return sql`not exists (select from ${audit} where ${audit.subjectType} = ${type} and ${audit.subjectId} = ${id}
    and ${audit.at} > ${cutoff.toISOString()}::timestamptz)`;
}

/** Nobody has said anything about a key since; that it expired, says the service itself. */
function unsaid(cutoff: Date): SQL {
  return sql`not exists (select from ${audit} where ${audit.subjectType} = 'key' and ${audit.subjectId} = ${keys.id}
    and ${audit.personal} is not null and ${audit.at} > ${cutoff.toISOString()}::timestamptz)`;
}

/** Whether its trail holds anything personal still. */
function hasPersonal(type: Erasable['type'], id: typeof audit.subjectId): SQL {
  return sql`exists (select from ${audit} trail where trail.subject_type = ${type} and trail.subject_id = ${id}
    and trail.personal is not null)`;
}
