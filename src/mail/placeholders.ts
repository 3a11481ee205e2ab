import type { MailKind } from '../domain/mails.ts';

/** A value that templates can use. */
export interface Placeholder {
  meaning: string;
  /** Where it may stand: anywhere, in the body only, or in the body on a line of its own. */
  in?: 'body' | 'line';
  /** Whether the mail would be useless without it. */
  required?: true;
}

const reason = { reason: { meaning: 'why, as its reviewer or the last check put it' } };
const level = {
  level: { meaning: 'number of the open level, from 1' },
  levels: { meaning: 'how many levels there are' },
  levelName: { meaning: 'name of the open level' },
  nextLevel: { meaning: 'number of the level after it; empty at the last' },
};
const apiKey = { apiKey: { meaning: 'the public half of the key', in: 'body', required: true } } as const;

const revealLink = {
  revealLink: { meaning: 'the link that shows the secret once, after sign-in', in: 'body', required: true },
  revealWithin: { meaning: 'for how long the link works, such as 7 days' },
} as const;
const address = { address: { meaning: 'the mail address that was asked for', in: 'body' } } as const;

const keyId = { keyId: { meaning: 'id of the key, for requests to the API' } } as const;
const renewal = {
  ...keyId,
  renewLink: { meaning: 'where an application for a change of the key begins', in: 'body', required: true },
} as const;
const done = {
  by: { meaning: 'who did so' },
  comment: { meaning: 'why' },
} as const;
const grace = {
  grace: { meaning: 'how long the secret before stays valid, such as 7 days; empty where that is not so' },
  unusedDays: {
    meaning: 'after how many days without a use the secret before ends; empty where that is not so',
  },
} as const;

const addressDecided = { ...address, comment: { meaning: 'what its reviewer wrote' } };

/** What every mail can tell. */
const common = {
  brand: { meaning: 'MAIL_BRAND; it also stands at the head of every subject, in brackets' },
  applicationId: { meaning: "the application's number" },
  applicantName: { meaning: 'who applies' },
  asksFor: { meaning: 'what is asked for: an API key, or the change or revocation of one' },
  update: { meaning: 'filled where a live key is to be changed' },
  revoke: { meaning: 'filled where a live key is to be revoked' },
  clientId: { meaning: 'id of the client' },
  clientName: { meaning: 'name of the client' },
  keyName: { meaning: 'name of the key' },
  description: { meaning: 'what the key is for, as its applicant wrote it' },
  quota: { meaning: 'the quota in words' },
  effectiveOn: { meaning: 'first day on which the key works' },
  expiresOn: { meaning: 'last day on which the key works' },
  timeZone: { meaning: 'whose days these are' },
  link: { meaning: 'where the application can be seen', in: 'body' },
  application: { meaning: 'a table of all that was applied for', in: 'line' },
} as const satisfies Record<string, Placeholder>;

/** What a mail of one kind can tell besides. A secret can stand in the one kind that hands it over, nowhere else. */
const ofKind = {
  review: level,
  reminder: level,
  escalation: level,
  rejection: {
    comment: { meaning: 'why it was denied' },
    reviewerName: { meaning: 'who denied it' },
    levelName: { meaning: 'at which level' },
    overdue: { meaning: 'filled where nobody decided in time; the comment then says so' },
  },
  lapse: reason,
  return: reason,
  recall: reason,
  update: {},
  revocation: {},
  credentials: {
    ...apiKey,
    secretKey: { meaning: 'the private half of the key', in: 'body', required: true },
  },
  'credentials-link': { ...apiKey, ...revealLink },
  'link-reminder': revealLink,
  'address-review': {
    ...address,
    address: { ...address.address, required: true },
    requesterName: { meaning: 'who asks for the change' },
    comment: { meaning: 'why' },
  },
  'address-approved': addressDecided,
  'address-denied': addressDecided,
  rotation: {
    ...apiKey,
    secretKey: { meaning: 'the new private half of the key', in: 'body', required: true },
    ...grace,
  },
  'rotation-link': { ...apiKey, ...revealLink, ...grace },
  'expiry-reminder': { ...renewal, left: { meaning: 'how long the key still works, such as 7 days' } },
  'quota-warning': {
    ...renewal,
    percent: { meaning: 'how many percent of the quota are used' },
    used: { meaning: 'how many calls have passed' },
  },
  suspension: done,
  resumption: done,
  leak: { ...keyId, ...done },
  'leak-report': { ...keyId, ...done },
  'revoked-at-once': done,
} as const satisfies Record<MailKind, Record<string, Placeholder>>;

type Own = typeof ofKind;
/** What is to be known for a mail of a kind, beside the facts of its application; an empty text is as good as none. */
export type Details<K extends MailKind = MailKind> = { [P in keyof Own[K]]: string };

/** All placeholders that a template of this kind can use, by name. */
export function placeholdersOf(kind: MailKind): Readonly<Record<string, Placeholder>> {
  return { ...common, ...ofKind[kind] };
}
