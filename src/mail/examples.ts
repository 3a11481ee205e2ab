import { durationInWords } from '../domain/durations.ts';
import type { Language } from '../domain/languages.ts';
import { type MailKind, pageAbout } from '../domain/mails.ts';
import type { MailFacts } from './facts.ts';
import type { Details } from './placeholders.ts';

/** What stands for a secret in a preview. */
const hidden = '••••••••';
const publicHalf = 'MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=';
const revealLink = `https://keygrant.example/reveal#${hidden}`;
const keyId = 'key_00000000000000000000';
const week = 7 * 86_400_000;

const words = {
  en: {
    person: 'Ada Lovelace',
    reviewer: 'Ben Okri',
    client: 'Acme Robotics',
    key: 'Orders for the shop',
    description: 'The web shop shows customers their orders.',
    api: 'Read an order',
    level: 'API owner',
    comment: 'An example of a comment.',
  },
  'zh-TW': {
    person: '林怡君',
    reviewer: '陳建宏',
    client: '範例機器人公司',
    key: '網路商店訂單',
    description: '讓顧客在網路商店查看自己的訂單。',
    api: '讀取訂單',
    level: 'API 負責人',
    comment: '這是意見的範例。',
  },
} as const satisfies Record<Language, unknown>;

/** An invented application, for previews. */
export function exampleFacts(
  kind: MailKind,
  settings: { brand: string; timeZone: string; publicUrl: string },
  language: Language,
): MailFacts {
  const { person, client, key, description, api } = words[language];
  const applicationId = 'app_00000000000000000000';
  return {
    brand: settings.brand,
    applicationId,
    applicantName: person,
    kind: 'apply',
    clientId: 'acme',
    clientName: client,
    keyName: key,
    description,
    apis: [{ name: api, method: 'GET', path: '/orders/{id}' }],
    quota: 1000,
    effectiveOn: '2027-01-01',
    expiresOn: '2027-12-31',
    timeZone: settings.timeZone,
    link: `${settings.publicUrl}${pageAbout(kind, applicationId)}`,
  };
}

/** Invented details of a mail of this kind, for previews. Its secrets are not even invented. */
export function exampleDetails<K extends MailKind>(kind: K, language: Language): Details<K> {
  const { person, reviewer, level, comment } = words[language];
  const open = { level: '1', levels: '2', levelName: level, nextLevel: '2' };
  const why = { reason: comment };
  const done = { by: reviewer, comment };
  const renewal = { keyId, renewLink: `https://keygrant.example/keys/${keyId}/renew` };
  const examples: { [E in MailKind]: Details<E> } = {
    review: open,
    reminder: open,
    escalation: open,
    rejection: { comment, reviewerName: reviewer, levelName: level, overdue: '' },
    lapse: why,
    return: why,
    recall: why,
    update: {},
    revocation: {},
    credentials: { apiKey: publicHalf, secretKey: hidden },
    'credentials-link': { apiKey: publicHalf, revealLink, revealWithin: durationInWords(week, language) },
    'link-reminder': { revealLink, revealWithin: durationInWords(week, language) },
    'address-review': { address: 'keys@acme.example', requesterName: person, comment },
    'address-approved': { address: 'keys@acme.example', comment },
    'address-denied': { address: 'keys@acme.example', comment },
    rotation: {
      apiKey: publicHalf,
      secretKey: hidden,
      grace: durationInWords(week, language),
      unusedDays: '',
    },
    'rotation-link': {
      apiKey: publicHalf,
      revealLink,
      revealWithin: durationInWords(week, language),
      grace: '',
      unusedDays: '7',
    },
    'expiry-reminder': { ...renewal, left: durationInWords(week, language) },
    'quota-warning': { ...renewal, percent: '80', used: '800' },
    suspension: done,
    resumption: done,
    leak: { keyId, ...done },
    'leak-report': { keyId, ...done },
    'revoked-at-once': done,
  };
  return examples[kind];
}
