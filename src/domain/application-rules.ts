import type { ApplicationContent, KeyAsIs, Surroundings } from './application.ts';
import { changesBetween } from './changes.ts';
import { type CalendarDate, isCalendarDate } from './dates.ts';
import type { Violation } from './errors.ts';
import type { ApplicationKind } from './kinds.ts';
import type { Words } from './languages.ts';
import { isQuota, isWithin } from './quota.ts';

type Rule = (content: ApplicationContent, around: Surroundings) => Words | undefined;
type Rules = readonly (readonly [field: keyof ApplicationContent, rule: Rule])[];

const described: Rules[number] = [
  'description',
  ({ description }) =>
    description === null ? { en: 'Describe what the key is for.', 'zh-TW': '請說明金鑰的用途。' } : undefined,
];

/** What a key must be like, one or more rules per field, in the order of the form. */
const keyRules: Rules = [
  [
    'clientId',
    ({ clientId }) =>
      clientId === null
        ? { en: 'Choose the client that the key is for.', 'zh-TW': '請選擇使用金鑰的用戶端。' }
        : undefined,
  ],
  [
    'clientId',
    ({ clientId }, { clientEnabled }) =>
      clientId !== null && clientEnabled === undefined
        ? {
            en: 'There is no such client; choose one from GET /v1/clients.',
            'zh-TW': '沒有這個用戶端；請從 GET /v1/clients 中選擇。',
          }
        : undefined,
  ],
  [
    'clientId',
    (_, { clientEnabled }) =>
      clientEnabled === false
        ? {
            en: 'This client is disabled; an admin can enable it.',
            'zh-TW': '這個用戶端已停用；管理員可以啟用。',
          }
        : undefined,
  ],
  [
    'keyName',
    ({ keyName }) =>
      keyName === null
        ? { en: 'Give the key a descriptive name.', 'zh-TW': '請為金鑰取一個容易辨識的名稱。' }
        : undefined,
  ],
  described,
  [
    'effectiveOn',
    ({ effectiveOn }) =>
      effectiveOn === null ? { en: 'Choose the first day of use.', 'zh-TW': '請選擇生效日期。' } : undefined,
  ],
  ['effectiveOn', ({ effectiveOn }) => notADay(effectiveOn)],
  [
    'expiresOn',
    ({ expiresOn }) =>
      expiresOn === null
        ? { en: 'Choose the last day of use; it is inclusive.', 'zh-TW': '請選擇到期日期；當天仍然有效。' }
        : undefined,
  ],
  ['expiresOn', ({ expiresOn }) => notADay(expiresOn)],
  [
    'expiresOn',
    ({ expiresOn }, { today }) =>
      expiresOn !== null && expiresOn < today
        ? {
            en: `It is in the past; today or later would be right (today is ${today}).`,
            'zh-TW': `這一天已經過去；必須是今天（${today}）或之後。`,
          }
        : undefined,
  ],
  [
    'expiresOn',
    ({ effectiveOn, expiresOn }) =>
      effectiveOn !== null && expiresOn !== null && expiresOn < effectiveOn
        ? {
            en: `It is before the effective date; ${effectiveOn} or later would be right.`,
            'zh-TW': `早於生效日期；必須是 ${effectiveOn} 或之後。`,
          }
        : undefined,
  ],
  [
    'quota',
    ({ quota }) =>
      quota === null
        ? { en: 'Give a number of calls, or -1 for unlimited.', 'zh-TW': '請填寫呼叫次數；-1 表示無限制。' }
        : undefined,
  ],
  [
    'quota',
    ({ quota }) =>
      quota !== null && !isQuota(quota)
        ? {
            en: 'A quota is a positive whole number of calls, or -1 for unlimited.',
            'zh-TW': '配額必須是正整數的呼叫次數；-1 表示無限制。',
          }
        : undefined,
  ],
  [
    'apiIds',
    ({ apiIds }) =>
      apiIds.length === 0
        ? { en: 'Choose at least one registered API.', 'zh-TW': '請至少選擇一個已登錄的 API。' }
        : undefined,
  ],
  [
    'apiIds',
    ({ apiIds }, { enabledApiIds }) => {
      const missing = apiIds.filter((id) => !enabledApiIds.includes(id));
      return missing.length > 0
        ? {
            en: `Not registered or not enabled: ${missing.join(', ')}.`,
            'zh-TW': `未登錄或未啟用：${missing.join('、')}。`,
          }
        : undefined;
    },
  ],
];

/** The key must be there, and not be revoked. */
const aboutAKey: Rules = [
  [
    'keyId',
    ({ keyId }, { key }) =>
      keyId === null || !key
        ? {
            en: 'There is no such key; choose one from GET /v1/keys.',
            'zh-TW': '沒有這把金鑰；請從 GET /v1/keys 中選擇。',
          }
        : undefined,
  ],
  [
    'keyId',
    (_, { key }) =>
      key?.revoked
        ? {
            en: 'This key is revoked already; apply for a new one.',
            'zh-TW': '這把金鑰已註銷；請申請新的金鑰。',
          }
        : undefined,
  ],
];

type KeyField = (typeof changeable)[number] | 'clientId' | 'keyName';
const isChanged = (content: ApplicationContent, key: KeyAsIs, field: KeyField) =>
  changesBetween(key, content).some((change) => change.field === field);

/** What of a key no application changes: another client, or another name, is another key. */
const sameAsKey = (field: KeyField, why: Words): Rules[number] => [
  field,
  (content, { key }) => (key && isChanged(content, key, field) ? why : undefined),
];
/** What an update may change of a key. */
const changeable = ['effectiveOn', 'expiresOn', 'quota', 'apiIds'] as const;

const updateRules: Rules = [
  ...aboutAKey,
  sameAsKey('clientId', {
    en: 'A key stays with its client; apply for a new key for another one.',
    'zh-TW': '金鑰不能更換用戶端；請為另一個用戶端申請新的金鑰。',
  }),
  sameAsKey('keyName', { en: 'A key keeps its name.', 'zh-TW': '金鑰不能更改名稱。' }),
  [
    'quota',
    ({ quota }, { key }) =>
      key && quota !== null && isWithin(quota, key.used - 1)
        ? {
            en: `${key.used} calls have been made already; at least as many would be right.`,
            'zh-TW': `已經呼叫 ${key.used} 次；配額不能比這更少。`,
          }
        : undefined,
  ],
  [
    'keyId',
    (content, { key }) =>
      key && !changeable.some((field) => isChanged(content, key, field))
        ? {
            en: 'Nothing is changed: its dates, quota and APIs are those of the key.',
            'zh-TW': '沒有任何變更：日期、配額與 API 都與金鑰相同。',
          }
        : undefined,
  ],
];
const revokeRules: Rules = [
  ...aboutAKey,
  ...(['clientId', 'keyName', ...changeable] as const).map((field) =>
    sameAsKey(field, {
      en: 'A revocation ends the key as it is; leave this as the key has it.',
      'zh-TW': '註銷會原樣終止金鑰；請維持與金鑰相同。',
    }),
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

function notADay(date: CalendarDate | null): Words | undefined {
  return date !== null && !isCalendarDate(date)
    ? {
        en: 'It is not a day of the calendar; 2026-12-31 would be one.',
        'zh-TW': '曆法中沒有這一天；例如 2026-12-31 才是。',
      }
    : undefined;
}
