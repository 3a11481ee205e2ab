/** What Keygrant writes mails about. Only `credentials` holds a secret, and only the mail itself. */
export const mailKinds = [
  'review',
  'reminder',
  'escalation',
  'rejection',
  'lapse',
  'return',
  'recall',
  'update',
  'revocation',
  'credentials',
] as const;
export type MailKind = (typeof mailKinds)[number];

/** `superseded`: overtaken before it left, such as a level that was decided before its reviewers could be told. */
export const mailStates = ['queued', 'sending', 'sent', 'superseded'] as const;
