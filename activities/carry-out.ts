import { eq } from 'drizzle-orm';
import { type LoadedApplication, moveApplication, reviewOf } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { deputiesOf } from '../src/db/delegations.ts';
import { endLinks } from '../src/db/deliveries.ts';
import { notSuspended } from '../src/db/key-life.ts';
import { queueMail, supersedeMails } from '../src/db/mails.ts';
import { findPerson, reviewersOf } from '../src/db/people.ts';
import { decisions } from '../src/db/schema/decisions.ts';
import { keys } from '../src/db/schema/keys.ts';
import { advance } from '../src/domain/advance.ts';
import { type Decision, isVerdict, type ReviewAct } from '../src/domain/decision.ts';
import { handingOver, type MailKind } from '../src/domain/mails.ts';
import type { Verdict } from '../src/domain/reviewers.ts';
import { tellReviewers } from './tell-reviewers.ts';

/** How the audit trail calls each act, and what its applicant is mailed about it. */
const acts: Record<ReviewAct, { action: string; mail?: MailKind }> = {
  approve: { action: 'application.approved-level' },
  deny: { action: 'application.denied', mail: 'rejection' },
  return: { action: 'application.returned', mail: 'return' },
  withdraw: { action: 'application.withdrawn' },
  hold: { action: 'application.held' },
  release: { action: 'application.released' },
  recall: { action: 'application.recalled', mail: 'recall' },
};

/** A denial of a level that asks for more than one. */
const denial: { action: string; mail?: MailKind } = { action: 'application.denied-level' };

/** A genuine decision as its signal brought it. */
export interface Decided extends Decision {
  act: ReviewAct;
  /** In whose place it is made; null for one's own. */
  delegatorId: string | null;
  signal: string;
}

/**
 * Carries out a decision that the rules allow, in the transaction that judged it: state, key, mails and audit
 * row.
 * @param now the workflow's time
 */
export async function carryOut(
  tx: Transaction,
  application: LoadedApplication,
  decision: Decided,
  mailDomain: string,
  now: Date,
): Promise<void> {
  const { row, levels } = application;
  const { act, comment, personId, delegatorId } = decision;
  const verdict =
    isVerdict(act) && row.level !== null
      ? { personId, delegatorId, level: row.level, approves: act === 'approve' }
      : undefined;
  const people = verdict ? await reviewersOf(tx, levels) : [];
  const deputies = await deputiesOf(tx, people, now);
  const { state, level, carried } = advance(reviewOf(application), act, verdict, people, deputies);
  const ends = state !== row.state && act !== 'approve';
  const opens = level !== null && level !== row.level;
  await moveApplication(tx, row.id, state, {
    level,
    levelSince: opens ? now : level === null ? null : row.levelSince,
    escalatedAt: opens || level === null ? null : row.escalatedAt,
    heldBy: act === 'hold' ? personId : null,
    // Holding, releasing and one voice of several do not start the time in its state anew.
    ...(state === row.state && !opens ? { stateSince: row.stateSince } : {}),
    ...(ends ? { reason: comment || null } : {}),
  });
  await recordCarried(tx, application, decision, carried);
  if (row.state === 'pending' && level !== row.level)
    await supersedeMails(tx, row.id, ['review', 'reminder', 'escalation']);
  if (opens) await tellReviewers(tx, row.id, 'review', mailDomain, now);
  if (act === 'recall') {
    await supersedeMails(tx, row.id, handingOver);
    await endLinks(tx, row.id, 'superseded');
    await tx
      .update(keys)
      .set({ ...notSuspended, revokedAt: new Date(), attention: true })
      .where(eq(keys.applicationId, row.id));
  }
  const { action, mail } = state === 'pending' && act === 'deny' ? denial : acts[act];
  if (mail) {
    const applicant = await findPerson(tx, row.applicantId);
    const occasion = { applicationId: row.id, kind: mail, round: row.round, level: 0 };
    if (applicant) await queueMail(tx, occasion, [applicant], mailDomain);
  }
  const judged =
    row.level === null
      ? {}
      : { level: row.level, levelName: levels[row.level - 1]?.name, levels: levels.length };
  await appendAudit(tx, {
    action,
    actor: decision.personId,
    via: decision.via,
    subject: { type: 'application', id: row.id },
    requestId: decision.requestId,
    details: {
      decision: decision.id,
      act,
      ...judged,
      ...(delegatorId === null ? {} : { inPlaceOf: delegatorId }),
      ...(carried.length > 0
        ? { counted: carried.map((each) => ({ level: each.level, by: each.personId })) }
        : {}),
      comment,
      digest: decision.digest,
      state,
    },
  });
}

/** Approvals of earlier levels that count at levels which the decision reached, each a row of its own. */
async function recordCarried(
  tx: Transaction,
  { row }: LoadedApplication,
  { signal, id }: Decided,
  carried: readonly Verdict[],
): Promise<void> {
  if (carried.length === 0) return;
  await tx.insert(decisions).values(
    carried.map(({ personId, level }) => ({
      signal: `${signal}/${level}/${personId}`,
      applicationId: row.id,
      outcome: 'recorded',
      decisionId: id,
      personId,
      round: row.round,
      level,
      act: 'approve' as const,
    })),
  );
}
