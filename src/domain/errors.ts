/**
 * Every way in which Keygrant says no. The code is the problem's name everywhere: in the database, in the audit
 * trail, in Temporal and as the last part of an HTTP problem's `type`. What HTTP status it has is HTTP's business.
 */
export const problems = {
  // who you are
  unauthenticated: 'The request carries no valid access token.',
  'unknown-person': 'The access token is valid, but nobody of that subject is registered here.',
  'person-disabled': 'This person is registered, but disabled.',
  'foreign-page': 'A request by the console’s cookie must come from a page of this service.',
  'sign-in-unknown': 'This sign-in is over, or was not begun in this browser.',
  'sign-in-failed': 'The OpenID Connect issuer did not confirm who you are.',
  forbidden: 'This person may not do this.',
  'not-found': 'There is nothing here that this person may see.',
  // how you asked
  invalid: 'The request breaks one or more rules; each is listed with its field.',
  'malformed-request': 'The request could not be read.',
  'precondition-required': 'A change must name the revision that it was made from, in the header If-Match.',
  'revision-changed': 'It has been changed since the revision that the request names.',
  'idempotency-key-reused': 'This Idempotency-Key was used before for a different request.',
  'already-exists': 'Something with this name exists already.',
  'payload-too-large': 'The request body is larger than allowed.',
  'unsupported-media-type': 'The request body is of a type that is not understood here.',
  'too-many-requests': 'Too many requests in a short time.',
  'too-many-streams': 'This person follows as many timelines as one person can at a time.',
  'too-many-webhooks': 'There are as many webhooks as there can be.',
  // what state things are in
  'not-editable': 'An application can be edited or submitted only as a draft or after it was returned.',
  'not-pending': 'The application does not wait for a decision.',
  'level-decided': 'The level has been decided in the meantime.',
  'stale-digest': 'The decision was made on a revision that is no longer the submitted one.',
  'own-application': 'Nobody decides on their own application.',
  'already-decided': 'This person has decided on this application already.',
  'not-a-reviewer': 'This person is not a reviewer of the level that is open.',
  'comment-required': 'This decision needs a comment that tells the applicant why.',
  'not-the-applicant': 'Only its applicant may withdraw an application.',
  'not-concerned':
    'Only those whom the flow names (applicant, reviewers, admins) may stop the mail of this application.',
  'too-late': 'The application is past the point where this could be done.',
  'already-held': 'The mail is held back already.',
  'not-held': 'The mail is not held back.',
  // the delivery of a key
  'not-the-applicant-or-admin': 'Only the applicant or an admin may ask for this.',
  'not-yet-mailed': 'The credentials have not been mailed yet: their time has not come.',
  'already-resent': 'The credentials were mailed again in the meantime.',
  'resend-limit':
    'The credentials were asked for again three times within a day; it is possible again later.',
  'address-pending': 'A change of the address waits already.',
  'no-address-change': 'No change of the address waits for a decision.',
  'other-address': 'The address that was asked for is not the one that the decision names.',
  'own-request': 'Nobody decides on what they have asked for themselves.',
  'link-unknown': 'There is no such link.',
  'link-expired': 'The link has expired; the applicant or an admin can have another one mailed.',
  'link-superseded': 'The link is void: a later mail has another one, or its key is void.',
  'already-revealed': 'The secret was shown already, and is never shown again.',
  'level-without-reviewer': 'The flow has a level that nobody could decide for this applicant.',
  // the life of a key
  'key-ended': 'The key has expired or was revoked.',
  'key-suspended': 'The key is suspended.',
  'already-suspended': 'The key is suspended already.',
  'not-suspended': 'The key is not suspended.',
  'not-the-suspender':
    'Only an admin may resume a key that somebody else has suspended, or whose secret has leaked.',
  'rotation-under-way': 'The key has two secrets already: the rotation before is not over.',
  'no-rotation': 'The key has one secret; no rotation is under way.',
  'leak-reported': 'It has been reported already that the secret of this key leaked.',
  'no-leak-reported':
    'A key is issued anew after its secret was reported to have leaked, once for each report.',
  'delegation-ended': 'The delegation has ended already.',
  // signals that did not come from Keygrant's own API
  'malformed-decision': 'The signal does not hold a decision.',
  'forged-decision': 'The decision does not carry a valid signature of this service.',
  'malformed-act': 'The signal does not hold anything that is done to a key.',
  'forged-act': 'The signal does not carry a valid signature of this service.',
  'repeated-act': 'This very signal was received before.',
  'forged-submission': 'The submission does not carry a valid signature of this service.',
  'repeated-decision': 'This very decision was received before.',
  'unknown-signal': 'Keygrant sends no signal of this name.',
  // calls to APIs, where a gateway asks for a yes or no
  'call-unauthorized': 'The call is not signed by a key that opens anything now.',
  'api-not-permitted': 'The key does not open an API of this method and path.',
  'quota-used-up': 'All calls of the key’s quota have been made.',
  'upstream-unreachable': 'The API that was called could not be reached; the call was not made.',
  'upstream-timeout': 'The API that was called did not answer in time.',
  'upstream-failed': 'The API that was called broke off.',
  // what we depend on
  'mail-unavailable': 'Mail is not configured or the SMTP server does not answer.',
  'workflow-unavailable': 'The workflow service does not answer.',
  unavailable: 'A service that Keygrant depends on does not answer.',
  timeout: 'The request took too long.',
  internal: 'Something went wrong on our side.',
} as const;

/** The name of a problem, stable for callers. */
export type ProblemCode = keyof typeof problems;

/** One broken rule: which field (dotted path, empty for the whole), what is wrong, and what would be right. */
export interface Violation {
  field: string;
  message: string;
}

/** Broken rules as one text, for where there is room for nothing else. */
export function violationsInWords(violations: readonly Violation[]): string {
  return violations.map(({ field, message }) => `${field}: ${message}`).join(' ');
}

/**
 * The one error that Keygrant throws on purpose. `message` is written for the person who asked and never holds a
 * secret. HTTP translates it in `src/http/errors.ts`.
 */
export class KeygrantError extends Error {
  readonly code: ProblemCode;
  readonly violations: readonly Violation[];

  constructor(code: ProblemCode, message: string = problems[code], violations: readonly Violation[] = []) {
    super(message);
    this.name = 'KeygrantError';
    this.code = code;
    this.violations = violations;
  }
}
