export const mails = {
  /** What a mail is about, as people would say it. */
  kinds: {
    review: 'Asking reviewers to decide',
    reminder: 'Reminding reviewers',
    escalation: 'Escalation',
    rejection: 'Telling of the denial',
    lapse: 'Telling that it lapsed',
    return: 'Asking for changes',
    recall: 'Telling of the recall',
    update: 'Telling that the key was changed',
    revocation: 'Telling that the key was revoked',
    credentials: 'The credentials',
    'credentials-link': 'The API key and a link to the secret',
    'link-reminder': 'Reminding of the link',
    'address-review': 'Asking to decide on another address',
    'address-approved': 'Telling that another address was approved',
    'address-denied': 'Telling that another address was denied',
    rotation: 'A new secret',
    'rotation-link': 'A link to the new secret',
    'expiry-reminder': 'Telling that the key expires',
    'quota-warning': 'Telling that the quota runs out',
    suspension: 'Telling of the suspension',
    resumption: 'Telling of the resumption',
    leak: 'Telling of the leak',
    'leak-report': 'Telling reviewers of the leak',
    'revoked-at-once': 'Telling of the revocation',
  },
  /** When it is sent, and to whom. */
  when: {
    review: 'As soon as a level is open, to everybody who may decide it.',
    reminder: 'When a level has waited as long as its flow says, to those who may still decide it.',
    escalation: 'When a level goes to further people, too, to everybody who may now decide it.',
    rejection:
      'When an application is denied, by a reviewer or for want of a decision in time, to its applicant.',
    lapse: 'When nobody has decided in time and the application ends, to its applicant.',
    return: 'When a reviewer or the last check returns an application for changes, to its applicant.',
    recall: 'When an issued key is recalled before its credentials leave, to its applicant.',
    update: 'When an approved change of a key has been made, to its applicant and the client.',
    revocation: 'When a key has been revoked by an approved application, to its applicant and the client.',
    credentials:
      'After the last approval and the delay, to the applicant and the client. Where mails hold the secret.',
    'credentials-link':
      'After the last approval and the delay, to the applicant and the client. Where mails hold a link to the secret.',
    'link-reminder': 'When half of a link’s time is over and nobody has used it, to whom it was sent.',
    'address-review':
      'When somebody asks for the credentials at another address, to the reviewers of the last level.',
    'address-approved': 'When that is approved, to the applicant, before anything goes to the other address.',
    'address-denied': 'When that is denied, to the applicant, unless it was they who denied it.',
    rotation:
      'When a new secret was asked for and the delay is over, to the holder and the client. Where mails hold the secret.',
    'rotation-link':
      'When a new secret was asked for and the delay is over, to the holder and the client. Where mails hold a link to the secret.',
    'expiry-reminder':
      'Before the last day of a key, as often as the service is set to, to the holder and the client.',
    'quota-warning':
      'When a key has used the shares of its quota that the service is set to, to the holder and the client.',
    suspension: 'When a key is suspended, to the holder and the client.',
    resumption: 'When a suspended key is resumed, to the holder and the client.',
    leak: 'When a leak of a key’s secret is reported, to the holder and the client.',
    'leak-report':
      'When a leak of a key’s secret is reported, to the admins and to those who approved the key.',
    'revoked-at-once': 'When a key is revoked without an application, to the holder and the client.',
  },
} as const;
