import type { ApplicationContent, KeyAsIs, Surroundings } from './application.ts';
import { changesBetween } from './changes.ts';
import { type CalendarDate, isCalendarDate } from './dates.ts';
import type { Violation } from './errors.ts';
import type { ApplicationKind } from './kinds.ts';
import { isQuota, isWithin } from './quota.ts';

type Rule = (content: ApplicationContent, around: Surroundings) => string | undefined;
type Rules = readonly (readonly [field: keyof ApplicationContent, rule: Rule])[];

const described: Rules[number] = [
  'description',
  ({ description }) => (description === null ? 'Describe what the key is for.' : undefined),
];

/** What a key must be like, one or more rules per field, in the order of the form. */
const keyRules: Rules = [
  ['clientId', ({ clientId }) => (clientId === null ? 'Choose the client that the key is for.' : undefined)],
  [
    'clientId',
    ({ clientId }, { clientEnabled }) =>
      clientId !== null && clientEnabled === undefined
        ? 'There is no such client; choose one from GET /v1/clients.'
        : undefined,
  ],
  [
    'clientId',
    (_, { clientEnabled }) =>
      clientEnabled === false ? 'This client is disabled; an admin can enable it.' : undefined,
  ],
  ['keyName', ({ keyName }) => (keyName === null ? 'Give the key a descriptive name.' : undefined)],
  described,
  ['effectiveOn', ({ effectiveOn }) => (effectiveOn === null ? 'Choose the first day of use.' : undefined)],
  ['effectiveOn', ({ effectiveOn }) => notADay(effectiveOn)],
  [
    'expiresOn',
    ({ expiresOn }) => (expiresOn === null ? 'Choose the last day of use; it is inclusive.' : undefined),
  ],
  ['expiresOn', ({ expiresOn }) => notADay(expiresOn)],
  [
    'expiresOn',
    ({ expiresOn }, { today }) =>
      expiresOn !== null && expiresOn < today
        ? `It is in the past; today or later would be right (today is ${today}).`
        : undefined,
  ],
  [
    'expiresOn',
    ({ effectiveOn, expiresOn }) =>
      effectiveOn !== null && expiresOn !== null && expiresOn < effectiveOn
        ? `It is before the effective date; ${effectiveOn} or later would be right.`
        : undefined,
  ],
  ['quota', ({ quota }) => (quota === null ? 'Give a number of calls, or -1 for unlimited.' : undefined)],
  [
    'quota',
    ({ quota }) =>
      quota !== null && !isQuota(quota)
        ? 'A quota is a positive whole number of calls, or -1 for unlimited.'
        : undefined,
  ],
  ['apiIds', ({ apiIds }) => (apiIds.length === 0 ? 'Choose at least one registered API.' : undefined)],
  [
    'apiIds',
    ({ apiIds }, { enabledApiIds }) => {
      const missing = apiIds.filter((id) => !enabledApiIds.includes(id));
      return missing.length > 0 ? `Not registered or not enabled: ${missing.join(', ')}.` : undefined;
    },
  ],
];

/** The key must be there, and not be revoked. */
const aboutAKey: Rules = [
  [
    'keyId',
    ({ keyId }, { key }) =>
      keyId === null || !key ? 'There is no such key; choose one from GET /v1/keys.' : undefined,
  ],
  ['keyId', (_, { key }) => (key?.revoked ? 'This key is revoked already; apply for a new one.' : undefined)],
];

type KeyField = (typeof changeable)[number] | 'clientId' | 'keyName';
const isChanged = (content: ApplicationContent, key: KeyAsIs, field: KeyField) =>
  changesBetween(key, content).some((change) => change.field === field);

/** What of a key no application changes: another client, or another name, is another key. */
const sameAsKey = (field: KeyField, why: string): Rules[number] => [
  field,
  (content, { key }) => (key && isChanged(content, key, field) ? why : undefined),
];
/** What an update may change of a key. */
const changeable = ['effectiveOn', 'expiresOn', 'quota', 'apiIds'] as const;

const updateRules: Rules = [
  ...aboutAKey,
  sameAsKey('clientId', 'A key stays with its client; apply for a new key for another one.'),
  sameAsKey('keyName', 'A key keeps its name.'),
  [
    'quota',
    ({ quota }, { key }) =>
      key && quota !== null && isWithin(quota, key.used - 1)
        ? `${key.used} calls have been made already; at least as many would be right.`
        : undefined,
  ],
  [
    'keyId',
    (content, { key }) =>
      key && !changeable.some((field) => isChanged(content, key, field))
        ? 'Nothing is changed: its dates, quota and APIs are those of the key.'
        : undefined,
  ],
];
const revokeRules: Rules = [
  ...aboutAKey,
  ...(['clientId', 'keyName', ...changeable] as const).map((field) =>
    sameAsKey(field, 'A revocation ends the key as it is; leave this as the key has it.'),
  ),
];

const rules: Record<ApplicationKind, Rules> = {
  apply: keyRules,
  update: [...updateRules, ...keyRules],
  revoke: [...revokeRules, described],
};

/** Every rule that a submission of `content` would break, all at once; empty when it can be submitted. */
export function violationsOf(content: ApplicationContent, around: Surroundings): Violation[] {
  return rules[content.kind].flatMap(([field, rule]) => {
    const message = rule(content, around);
    return message === undefined ? [] : [{ field, message }];
  });
}

function notADay(date: CalendarDate | null): string | undefined {
  return date !== null && !isCalendarDate(date)
    ? 'It is not a day of the calendar; 2026-12-31 would be one.'
    : undefined;
}
