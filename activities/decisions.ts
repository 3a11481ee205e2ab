import { eq, or, sql } from 'drizzle-orm';
import { isSigned } from '../src/crypto/master-keys.ts';
import { loadApplication, moveApplication, reviewOf } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import { queueMail, supersedeReviewMails } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import { decisions } from '../src/db/schema.ts';
import { decisionPurpose, decisionText, parseDecision, type SignedDecision } from '../src/domain/decision.ts';
import type { ProblemCode } from '../src/domain/errors.ts';
import { advance, judge } from '../src/domain/review.ts';
import type { Dependencies } from './dependencies.ts';
import { type Position, positionOf } from './position.ts';
import { tellReviewers } from './tell-reviewers.ts';

/** A signal as its workflow received it. */
export interface ReceivedSignal {
  applicationId: string;
  /** `<workflow run>/<number>` */
  signal: string;
  name: string;
  /** Whatever it held: anybody with access to Temporal can send anything. */
  payload: unknown;
}

export function createDecisionActivities({ db, masterKeys, mailer, timeZone }: Dependencies) {
  return {
    /**
     * Records one signal and, if it holds a genuine decision that the rules allow, carries it out: decision, level,
     * mails and audit row in one transaction. Whatever it was, it is on record, and recording it again changes nothing.
     */
    async recordSignal(received: ReceivedSignal): Promise<{ outcome: string; position: Position }> {
      const { applicationId, signal } = received;
      const outcome = await db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        if (!application) throw new Error(`application ${applicationId} is gone`);
        const { row } = application;
        const decision = received.name === 'decide' ? parseDecision(received.payload) : undefined;
        const [earlier] = await tx
          .select()
          .from(decisions)
          .where(
            or(
              eq(decisions.signal, signal),
              decision
                ? sql`${decisions.decisionId} = ${decision.id} and ${decisions.applicationId} = ${applicationId}`
                : undefined,
            ),
          )
          .orderBy(sql`${decisions.signal} = ${signal} desc`)
          .limit(1);
        if (earlier?.signal === signal) return earlier.outcome;

        const genuine = decision && isGenuine(decision, applicationId) ? decision : undefined;
        const reviewer = genuine && (await findPerson(tx, genuine.reviewerId));
        const problem = ((): ProblemCode | undefined => {
          if (received.name !== 'decide') return 'unknown-signal';
          if (!decision) return 'malformed-decision';
          if (!genuine || !reviewer) return 'forged-decision';
          if (earlier) return 'repeated-decision';
          return judge(reviewOf(application), reviewer, genuine);
        })();
        await tx.insert(decisions).values({
          signal,
          applicationId,
          outcome: problem ?? 'recorded',
          // A repetition keeps no id either: whoever waits for the decision's outcome must find the first.
          ...(genuine && reviewer && problem !== 'repeated-decision'
            ? {
                decisionId: genuine.id,
                reviewerId: genuine.reviewerId,
                verdict: genuine.verdict,
                comment: genuine.comment,
                round: row.round,
                level: row.level,
              }
            : {}),
        });
        if (problem || !genuine) {
          // Of a forged signal nothing is believed: what it claims stands in the details, not in the actor.
          await appendAudit(tx, {
            action: 'decision.refused',
            actor: genuine ? genuine.reviewerId : 'unknown',
            via: null,
            subject: { type: 'application', id: applicationId },
            requestId: genuine?.requestId ?? null,
            details: { problem, signal: received.name, level: row.level, claims: claimsOf(decision) },
          });
          return problem ?? 'malformed-decision';
        }
        const { state, level } = advance(reviewOf(application), genuine.verdict);
        const rejected = state === 'rejected';
        await moveApplication(tx, applicationId, state, {
          level,
          ...(rejected ? { reason: genuine.comment } : {}),
        });
        await supersedeReviewMails(tx, applicationId);
        if (state === 'pending') await tellReviewers(tx, applicationId, mailer.domain);
        if (rejected) {
          const applicant = await findPerson(tx, row.applicantId);
          const occasion = { applicationId, kind: 'rejection', round: row.round, level: 0 } as const;
          if (applicant) await queueMail(tx, occasion, [applicant.email], mailer.domain);
        }
        await appendAudit(tx, {
          action: genuine.verdict === 'approve' ? 'application.approved-level' : 'application.denied',
          actor: genuine.reviewerId,
          via: null,
          subject: { type: 'application', id: applicationId },
          requestId: genuine.requestId,
          details: {
            decision: genuine.id,
            level: row.level,
            levelName: application.levels[(row.level ?? 0) - 1]?.name,
            levels: application.levels.length,
            comment: genuine.comment,
            digest: genuine.digest,
            state,
          },
        });
        return 'recorded';
      });
      return { outcome, position: await positionOf(db, applicationId, timeZone) };
    },
  };

  function isGenuine(decision: SignedDecision, applicationId: string): boolean {
    return (
      decision.applicationId === applicationId &&
      isSigned(masterKeys, decisionPurpose, decisionText(decision), decision.signature)
    );
  }
}

/** What a refused signal claimed, without its signature: one that would have passed must not lie around. */
function claimsOf(decision: SignedDecision | undefined): Record<string, unknown> | null {
  if (!decision) return null;
  const { signature: _, ...claims } = decision;
  return claims;
}
