import { setHandler } from '@temporalio/workflow';
import type { Submission } from '../activities/submissions.ts';
import { submit } from './messages.ts';

/**
 * The next submission, where it comes before this run has ended: while the mail about a return still waits for SMTP, say.
 * One that this run began with, sent again, is none.
 * @param receive takes what is no submission at all
 */
export function openResubmission(
  { applicationId, revision }: Submission,
  receive: (name: string, payload: unknown) => void,
): () => Submission | undefined {
  let next: Submission | undefined;
  setHandler(submit, (payload: unknown) => {
    if (!isSubmission(payload, applicationId)) receive(submit.name, payload);
    else if (payload.revision > (next?.revision ?? revision)) next = payload;
  });
  return () => next;
}

/** Anybody with access to Temporal can send anything. Whether it may be opened, openReview judges. */
function isSubmission(payload: unknown, applicationId: string): payload is Submission {
  if (typeof payload !== 'object' || payload === null) return false;
  const { submittedBy, via, requestId, ...rest } = payload as Record<string, unknown>;
  return (
    rest['applicationId'] === applicationId &&
    Number.isInteger(rest['revision']) &&
    typeof submittedBy === 'string' &&
    typeof requestId === 'string' &&
    (via === null || typeof via === 'string')
  );
}
