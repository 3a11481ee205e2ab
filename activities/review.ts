import { eq, or, sql } from 'drizzle-orm';
import { sha256 } from '../src/crypto/digest.ts';
import { isSigned } from '../src/crypto/master-keys.ts';
import {
  contentOf,
  loadApplication,
  moveApplication,
  reviewOf,
  surroundingsOf,
} from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { defaultFlow, findFlow } from '../src/db/flows.ts';
import { queueMail, supersedeReviewMails } from '../src/db/mails.ts';
import { findPerson, reviewersOf } from '../src/db/people.ts';
import { applications, decisions } from '../src/db/schema.ts';
import { revisionText, violationsOf } from '../src/domain/application.ts';
import { isEditable } from '../src/domain/application-states.ts';
import { decisionPurpose, decisionText, parseDecision, type SignedDecision } from '../src/domain/decision.ts';
import type { ProblemCode } from '../src/domain/errors.ts';
import { type Level, undecidableLevel, whoMayDecide } from '../src/domain/levels.ts';
import { advance, judge } from '../src/domain/review.ts';
import type { Dependencies } from './dependencies.ts';
import { type Position, positionOf } from './position.ts';

/** What a submission asks for; ids only. */
export interface Submission {
  applicationId: string;
  /** The revision that the applicant saw and sent. */
  revision: number;
  submittedBy: string;
  via: string | null;
  requestId: string;
}

/** A signal as its workflow received it. */
export interface ReceivedSignal {
  applicationId: string;
  /** `<workflow run>/<number>` */
  signal: string;
  name: string;
  /** Whatever it held: anybody with access to Temporal can send anything. */
  payload: unknown;
}

export function createReviewActivities({ db, masterKeys, mailer, timeZone }: Dependencies) {
  /** Queues the mail to those who may decide the level that is now open. */
  const tellReviewers = async (tx: Transaction, applicationId: string) => {
    const application = await loadApplication(tx, applicationId);
    const { row, levels, decided } = application ?? {};
    const level = levels?.[(row?.level ?? 0) - 1];
    if (!row?.level || !level) return;
    const reviewers = whoMayDecide(level, await reviewersOf(tx, [level]), row.applicantId, decided);
    const occasion = { applicationId, kind: 'review', round: row.round, level: row.level } as const;
    const addresses = reviewers.map((reviewer) => reviewer.email);
    if (addresses.length > 0) await queueMail(tx, occasion, addresses, mailer.domain);
  };

  return {
    /**
     * Opens the review of a submitted application, or refuses it with a reason that the applicant can see. Run again by
     * the same workflow it changes nothing and answers where the application stands now.
     * @param workflowId the workflow's first run: the same through resets and continuations
     * @param now the workflow's time, ISO 8601
     */
    async openReview(
      submission: Submission,
      workflowRun: string,
      now: string,
    ): Promise<Position | { refused: string }> {
      const { applicationId } = submission;
      const refusal = await db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        if (!application) return 'not-found' as const;
        const { row, apiIds } = application;
        if (row.workflowRun === workflowRun) return undefined;
        if (!isEditable(row.state)) return 'not-editable' as const;

        const content = contentOf(application);
        const flow = await findFlow(tx, defaultFlow);
        const problem =
          row.revision !== submission.revision
            ? {
                code: 'revision-changed' as const,
                message: 'It was edited after it was submitted; submit it again.',
              }
            : await refusalOf(tx, content, flow?.levels ?? [], row.applicantId, timeZone, new Date(now));
        if (problem || !flow) {
          const { code, message } = problem ?? {
            code: 'level-without-reviewer' as const,
            message: 'There is no approval flow yet.',
          };
          await tx
            .update(applications)
            .set({ refusal: { code, message } })
            .where(eq(applications.id, applicationId));
          await appendAudit(tx, eventOf(submission, 'application.submission-refused', { code, message }));
          return code;
        }
        const round = row.round + 1;
        const digest = sha256(revisionText(applicationId, row.applicantId, round, content));
        await moveApplication(tx, applicationId, 'pending', {
          round,
          digest,
          workflowRun,
          level: 1,
          flowId: flow.id,
          flowVersion: flow.version,
          submittedAt: new Date(now),
          reason: null,
          refusal: null,
        });
        await tellReviewers(tx, applicationId);
        const details = {
          round,
          digest,
          flow: flow.id,
          flowVersion: flow.version,
          content: { ...content, apiIds },
        };
        await appendAudit(tx, eventOf(submission, 'application.submitted', details));
        return undefined;
      });
      return refusal ? { refused: refusal } : positionOf(db, applicationId, timeZone);
    },

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
        if (state === 'pending') await tellReviewers(tx, applicationId);
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

/** Why a submission cannot be opened: a broken rule, or a level that nobody could decide. */
async function refusalOf(
  tx: Transaction,
  content: ReturnType<typeof contentOf>,
  levels: readonly Level[],
  applicantId: string,
  timeZone: string,
  now: Date,
): Promise<{ code: ProblemCode; message: string } | undefined> {
  const violations = violationsOf(content, await surroundingsOf(tx, content, timeZone, now));
  if (violations.length > 0) {
    return {
      code: 'invalid',
      message: violations.map(({ field, message }) => `${field}: ${message}`).join(' '),
    };
  }
  const level = undecidableLevel(levels, await reviewersOf(tx, levels), applicantId);
  return level === undefined
    ? undefined
    : { code: 'level-without-reviewer', message: `Nobody but the applicant could decide level ${level}.` };
}

function eventOf(submission: Submission, action: string, details: Record<string, unknown>) {
  return {
    action,
    actor: submission.submittedBy,
    via: submission.via,
    subject: { type: 'application', id: submission.applicationId },
    requestId: submission.requestId,
    details,
  };
}

/** What a refused signal claimed, without its signature: one that would have passed must not lie around. */
function claimsOf(decision: SignedDecision | undefined): Record<string, unknown> | null {
  if (!decision) return null;
  const { signature: _, ...claims } = decision;
  return claims;
}
