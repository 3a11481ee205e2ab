import { eq } from 'drizzle-orm';
import { sha256 } from '../src/crypto/digest.ts';
import { isSigned } from '../src/crypto/master-keys.ts';
import { contentOf, loadApplication, moveApplication, surroundingsOf } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import { supersedeMails } from '../src/db/mails.ts';
import { noFlowTrouble, type Plan, planFor } from '../src/db/plans.ts';
import { applications, submissions } from '../src/db/schema/applications.ts';
import { open } from '../src/domain/advance.ts';
import { revisionText } from '../src/domain/application.ts';
import { violationsOf } from '../src/domain/application-rules.ts';
import { isEditable } from '../src/domain/application-states.ts';
import { type Violation, violationsInWords } from '../src/domain/errors.ts';
import type { Words } from '../src/domain/languages.ts';
import type { ProblemCode } from '../src/domain/problems.ts';
import {
  type SignedSubmission,
  type Submission,
  submissionPurpose,
  submissionText,
} from '../src/domain/submission.ts';
import type { Dependencies } from './dependencies.ts';
import { ownEvent } from './own-event.ts';
import { type Position, positionOf } from './position.ts';
import { tellReviewers } from './tell-reviewers.ts';

export function createSubmissionActivities({ db, masterKeys, mailer, timeZone }: Dependencies) {
  return {
    /**
     * Opens the review of a submitted application, or refuses it with a reason that the applicant can see. Run again by
     * the same workflow it changes nothing and answers where the application stands now.
     * @param workflowRun names the round by the run that it began with or followed: the same through resets and continuations
     * @param now the workflow's time, ISO 8601
     */
    async openReview(
      submission: SignedSubmission,
      workflowRun: string,
      now: string,
    ): Promise<Position | { refused: string }> {
      const { applicationId } = submission;
      const refusal = await db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        if (!application) return 'not-found' as const;
        const { row } = application;
        if (row.workflowRun === workflowRun) return undefined;
        if (!isSigned(masterKeys, submissionPurpose, submissionText(submission), submission.signature)) {
          const claims = { ...submission, signature: undefined };
          await appendAudit(tx, {
            ...ownEvent(applicationId, 'application.submission-forged', { claims }),
            actor: 'unknown',
          });
          return 'forged-submission' as const;
        }
        if (!isEditable(row.state)) return 'not-editable' as const;

        const content = contentOf(application);
        const at = new Date(now);
        const around = await surroundingsOf(tx, content, timeZone, at);
        const plan = await planFor(tx, content, row.applicantId);
        const problem =
          row.revision === submission.revision
            ? refusalOf(violationsOf(content, around), plan)
            : ({
                code: 'revision-changed',
                message: {
                  en: 'It was edited after it was submitted; submit it again.',
                  'zh-TW': '送審之後又修改過；請重新送審。',
                },
              } as const);
        if (problem || !plan) {
          const { code, message } = problem ?? { code: 'level-without-reviewer', message: noFlowTrouble };
          await tx
            .update(applications)
            .set({ refusal: { code, message } })
            .where(eq(applications.id, applicationId));
          await appendAudit(
            tx,
            eventOf(submission, 'application.submission-refused', { code, message: message.en }),
          );
          return code;
        }
        const { flow, skipped } = plan;
        const { state, level } = open({ levels: flow.levels, skipped });
        const round = row.round + 1;
        const keyRevision = around.key?.revision ?? null;
        const digest = sha256(revisionText(applicationId, row.applicantId, round, content, keyRevision));
        await moveApplication(tx, applicationId, state, {
          round,
          digest,
          keyRevision,
          workflowRun,
          level,
          levelSince: level === null ? null : at,
          flowId: flow.id,
          flowVersion: flow.version,
          submittedAt: at,
          reason: null,
          refusal: null,
        });
        await tx
          .insert(submissions)
          .values({ applicationId, round, digest, content, keyBefore: around.key, submittedAt: at });
        // Whoever submits again need not be told any more that it was returned.
        await supersedeMails(tx, applicationId, ['return']);
        await tellReviewers(tx, applicationId, 'review', mailer.domain, at);
        const details = { round, digest, flow: flow.id, flowVersion: flow.version, skipped, content };
        await appendAudit(tx, eventOf(submission, 'application.submitted', details));
        if (level === null) {
          const why = { flow: flow.id, flowVersion: flow.version, skipped };
          await appendAudit(tx, ownEvent(applicationId, 'application.approved-unreviewed', why));
        }
        return undefined;
      });
      return refusal ? { refused: refusal } : positionOf(db, applicationId, timeZone);
    },
  };
}

/** Why a submission cannot be opened: a broken rule, or a level that nobody could decide. */
function refusalOf(
  violations: readonly Violation[],
  plan: Plan | undefined,
): { code: ProblemCode; message: Words } | undefined {
  if (violations.length > 0) {
    return { code: 'invalid', message: violationsInWords(violations) };
  }
  return plan?.trouble === undefined ? undefined : { code: 'level-without-reviewer', message: plan.trouble };
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
