import { eq } from 'drizzle-orm';
import { sha256 } from '../src/crypto/digest.ts';
import { contentOf, loadApplication, moveApplication, surroundingsOf } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { defaultFlow, findFlow } from '../src/db/flows.ts';
import { supersedeMails } from '../src/db/mails.ts';
import { reviewersOf } from '../src/db/people.ts';
import { applications } from '../src/db/schema/applications.ts';
import { revisionText, violationsOf } from '../src/domain/application.ts';
import { isEditable } from '../src/domain/application-states.ts';
import type { ProblemCode } from '../src/domain/errors.ts';
import { type Level, undecidableLevel } from '../src/domain/levels.ts';
import type { Dependencies } from './dependencies.ts';
import { type Position, positionOf } from './position.ts';
import { tellReviewers } from './tell-reviewers.ts';

/** What a submission asks for; ids only. */
export interface Submission {
  applicationId: string;
  /** The revision that the applicant saw and sent. */
  revision: number;
  submittedBy: string;
  via: string | null;
  requestId: string;
}

export function createSubmissionActivities({ db, mailer, timeZone }: Dependencies) {
  return {
    /**
     * Opens the review of a submitted application, or refuses it with a reason that the applicant can see. Run again by
     * the same workflow it changes nothing and answers where the application stands now.
     * @param workflowRun names the round by the run that it began with or followed: the same through resets and continuations
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
          levelSince: new Date(now),
          flowId: flow.id,
          flowVersion: flow.version,
          submittedAt: new Date(now),
          reason: null,
          refusal: null,
        });
        // Whoever submits again need not be told any more that it was returned.
        await supersedeMails(tx, applicationId, ['return']);
        await tellReviewers(tx, applicationId, 'review', mailer.domain);
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
  };
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
