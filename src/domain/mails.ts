import type { Language } from './languages.ts';

/**
 * What Keygrant writes mails about. Only `credentials` and `rotation` hold a secret, and only the mail itself;
 * `credentials-link`, `rotation-link` and `link-reminder` hold a link that shows it once, to somebody who has signed in.
 */
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
  'credentials-link',
  'link-reminder',
  'address-review',
  'address-approved',
  'address-denied',
  'rotation',
  'rotation-link',
  'expiry-reminder',
  'quota-warning',
  'suspension',
  'resumption',
  'leak',
  'leak-report',
  'revoked-at-once',
] as const;
export type MailKind = (typeof mailKinds)[number];

const names: Record<Language, Record<MailKind, string>> = {
  en: {
    review: 'request to review',
    reminder: 'reminder to review',
    escalation: 'escalation',
    rejection: 'denial',
    lapse: 'lapse',
    return: 'return for changes',
    recall: 'recall',
    update: 'change of the key',
    revocation: 'revocation of the key',
    credentials: 'credentials',
    'credentials-link': 'link to the credentials',
    'link-reminder': 'reminder of the link',
    'address-review': 'request to review an address',
    'address-approved': 'approval of an address',
    'address-denied': 'denial of an address',
    rotation: 'new secret',
    'rotation-link': 'link to the new secret',
    'expiry-reminder': 'reminder of the last day',
    'quota-warning': 'quota warning',
    suspension: 'suspension',
    resumption: 'resumption',
    leak: 'leak',
    'leak-report': 'report of the leak',
    'revoked-at-once': 'revocation at once',
  },
  'zh-TW': {
    review: '審核通知',
    reminder: '審核提醒',
    escalation: '升級通知',
    rejection: '駁回通知',
    lapse: '逾期失效通知',
    return: '退回通知',
    recall: '收回通知',
    update: '變更通知',
    revocation: '註銷通知',
    credentials: '憑證',
    'credentials-link': '憑證連結',
    'link-reminder': '連結提醒',
    'address-review': '收件地址審核通知',
    'address-approved': '收件地址核准通知',
    'address-denied': '收件地址駁回通知',
    rotation: '新的私鑰',
    'rotation-link': '新的私鑰連結',
    'expiry-reminder': '到期提醒',
    'quota-warning': '配額提醒',
    suspension: '停用通知',
    resumption: '恢復通知',
    leak: '外洩通知',
    'leak-report': '外洩通報',
    'revoked-at-once': '立即註銷通知',
  },
};

/** How people call a mail of this kind. */
export function mailInWords(kind: string, language: Language): string {
  return names[language][kind as MailKind] ?? kind;
}

/** The mails that hand over a key: its secret itself, or a link to it. They leave when their time has come. */
export const handingOver = [
  'credentials',
  'credentials-link',
  'rotation',
  'rotation-link',
] as const satisfies readonly MailKind[];

/** Whether a mail hands over a key. */
export function handsOver(kind: MailKind): boolean {
  return (handingOver as readonly MailKind[]).includes(kind);
}

/** Whether a mail hands over a key by a link that shows its secret. */
export function holdsLink(kind: MailKind): boolean {
  return kind === 'credentials-link' || kind === 'rotation-link';
}

/** What a key's own workflow mails about it, without its secret. */
export const aboutKeys = [
  'expiry-reminder',
  'quota-warning',
  'suspension',
  'resumption',
  'leak',
  'leak-report',
  'revoked-at-once',
] as const satisfies readonly MailKind[];

/** Whether a mail tells of a key as it is now, not as it was applied for. */
export function isAboutKey(kind: MailKind): boolean {
  return kind.startsWith('rotation') || (aboutKeys as readonly MailKind[]).includes(kind);
}

/** The mails that ask somebody to decide. */
const asking: readonly MailKind[] = ['review', 'reminder', 'escalation', 'address-review'];

/** The path of the console's page that a mail about an application leads to: where it is decided on, or what became of it. */
export function pageAbout(kind: MailKind, applicationId: string): string {
  return `/${asking.includes(kind) ? 'reviews' : 'applications'}/${applicationId}`;
}

/** `superseded`: overtaken before it left, such as a level that was decided before its reviewers could be told. */
export const mailStates = ['queued', 'sending', 'sent', 'superseded'] as const;

/** How long to wait for the next attempt: soon at first, then every hour, for ever. Milliseconds. */
export const mailRetry = { first: 10_000, factor: 2, most: 3_600_000 } as const;

/** How long to wait after so many attempts, whoever asked for them. Milliseconds. */
export function retryDelay(attempts: number): number {
  const { first, factor, most } = mailRetry;
  return Math.min(first * factor ** (attempts - 1), most);
}
