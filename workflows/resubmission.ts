import type { SignedSubmission } from '../src/domain/submission.ts';

/**
 * The next submission, where it comes before this run has ended: while the mail about a return still waits for SMTP, say.
 * One that this run began with, sent again, is none.
 */
export function awaitResubmission({ applicationId, revision }: SignedSubmission) {
  let next: SignedSubmission | undefined;
  return {
    /** Takes a signal, unless it is no submission of this application at all. */
    take: (payload: unknown): boolean => {
      const taken = isSubmission(payload, applicationId);
      if (taken && payload.revision > (next?.revision ?? revision)) next = payload;
      return taken;
    },
    next: () => next,
  };
}

/** Anybody with access to Temporal can send anything. Whether it may be opened, openReview judges. */
function isSubmission(payload: unknown, applicationId: string): payload is SignedSubmission {
  if (typeof payload !== 'object' || payload === null) return false;
  const { submittedBy, via, requestId, signature, ...rest } = payload as Record<string, unknown>;
  return (
    rest['applicationId'] === applicationId &&
    Number.isInteger(rest['revision']) &&
    typeof submittedBy === 'string' &&
    typeof requestId === 'string' &&
    typeof signature === 'string' &&
    (via === null || typeof via === 'string')
  );
}
