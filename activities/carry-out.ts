import { eq } from 'drizzle-orm';
import { type LoadedApplication, moveApplication, reviewOf } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { queueMail, supersedeMails } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import { keys } from '../src/db/schema/keys.ts';
import type { Act, Decision } from '../src/domain/decision.ts';
import type { MailKind } from '../src/domain/mails.ts';
import { advance } from '../src/domain/review.ts';
import { tellReviewers } from './tell-reviewers.ts';

/** How the audit trail calls each act, and what its applicant is mailed about it. */
const acts: Record<Act, { action: string; mail?: MailKind }> = {
  approve: { action: 'application.approved-level' },
  deny: { action: 'application.denied', mail: 'rejection' },
  return: { action: 'application.returned', mail: 'return' },
  withdraw: { action: 'application.withdrawn' },
  hold: { action: 'application.held' },
  release: { action: 'application.released' },
  recall: { action: 'application.recalled', mail: 'recall' },
};

/**
 * Carries out a decision that the rules allow, in the transaction that judged it: state, key, mails and audit
 * row.
 * @param now the workflow's time
 */
export async function carryOut(
  tx: Transaction,
  application: LoadedApplication,
  decision: Decision,
  mailDomain: string,
  now: Date,
): Promise<void> {
  const { row, levels } = application;
  const { act, comment } = decision;
  const { state, level } = advance(reviewOf(application), act);
  const ends = act !== 'approve' && act !== 'hold' && act !== 'release';
  const opens = level !== null && level !== row.level;
  await moveApplication(tx, row.id, state, {
    level,
    levelSince: opens ? now : level === null ? null : row.levelSince,
    heldBy: act === 'hold' ? decision.personId : null,
    // Holding, releasing and one approval of several do not start the time in its state anew.
    ...(state === row.state && !opens ? { stateSince: row.stateSince } : {}),
    ...(ends ? { reason: comment || null } : {}),
  });
  if (row.state === 'pending' && level !== row.level)
    await supersedeMails(tx, row.id, ['review', 'reminder']);
  if (opens) await tellReviewers(tx, row.id, 'review', mailDomain);
  if (act === 'recall') {
    await supersedeMails(tx, row.id, ['credentials']);
    await tx.update(keys).set({ revokedAt: new Date() }).where(eq(keys.applicationId, row.id));
  }
  const { action, mail } = acts[act];
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
    details: { decision: decision.id, ...judged, comment, digest: decision.digest, state },
  });
}
