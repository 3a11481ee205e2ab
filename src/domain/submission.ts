/** What a submission asks for; ids only. */
export interface Submission {
  applicationId: string;
  /** The revision that the applicant saw and sent. */
  revision: number;
  submittedBy: string;
  via: string | null;
  requestId: string;
}

/** A submission with the API's signature over {@link submissionText}: anybody who reaches Temporal can start a workflow. */
export interface SignedSubmission extends Submission {
  /** `<master key version>.<HMAC-SHA256, base64url>` */
  signature: string;
}

/** What the signing key of submissions is derived for. */
export const submissionPurpose = 'submission 1';

/** The exact text that the API signs: a JSON array, so that no two submissions share one text. */
export function submissionText({ applicationId, revision, submittedBy, via, requestId }: Submission): string {
  return JSON.stringify(['keygrant submission 1', applicationId, revision, submittedBy, via, requestId]);
}
