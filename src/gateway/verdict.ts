import type { Words } from '../domain/languages.ts';

/** Why a call is refused: a closed list, for machines. What each means is for people. */
export const refusals = {
  malformed: {
    en: 'The call is not signed in a form that can be read.',
    'zh-TW': '呼叫的簽章格式無法讀取。',
  },
  'client-disabled': {
    en: 'The client that the key belongs to is disabled.',
    'zh-TW': '金鑰所屬的用戶端已停用。',
  },
  unauthorized: {
    en: 'There is no such key, or the signature is not that of this call by its secret.',
    'zh-TW': '沒有這把金鑰，或簽章不是以其私鑰對此呼叫所簽署。',
  },
  'dgrk-refused': {
    en: 'Calls of this key must be signed by HTTP Message Signatures (RFC 9421) now.',
    'zh-TW': '這把金鑰的呼叫，現在必須以 HTTP Message Signatures（RFC 9421）簽署。',
  },
  'outside-window': {
    en: 'The signature was created more than five minutes from now, or has expired.',
    'zh-TW': '簽章的建立時間與現在相差超過五分鐘，或簽章已過期。',
  },
  suspended: { en: 'The key is suspended.', 'zh-TW': '金鑰已停用。' },
  revoked: { en: 'The key has been revoked.', 'zh-TW': '金鑰已註銷。' },
  'not-yet-effective': { en: 'The key does not open anything yet.', 'zh-TW': '金鑰尚未生效。' },
  expired: { en: 'The key has expired.', 'zh-TW': '金鑰已到期。' },
  'quota-used-up': { en: 'All calls of the quota have been made.', 'zh-TW': '配額已用完。' },
  'api-not-permitted': {
    en: 'The key does not open an API of this method and path.',
    'zh-TW': '金鑰不能呼叫這個方法與路徑的 API。',
  },
  replayed: {
    en: 'The nonce of this signature was used before.',
    'zh-TW': '這個簽章的 nonce 先前已使用過。',
  },
} as const satisfies Readonly<Record<string, Words>>;

export type Refusal = keyof typeof refusals;

/** For log and audit only, where `unauthorized` would hide what they are read for. */
export type Cause = Exclude<Refusal, 'unauthorized'> | 'unknown-key' | 'wrong-signature' | 'wrong-digest';

/** Whether a call may pass. Whose it is, and how far its quota is used, only a right signature finds out. */
export interface Verdict {
  valid: boolean;
  /** Null for a call that may pass. */
  reason: Refusal | null;
  key: { id: string; name: string } | null;
  client: { id: string; name: string } | null;
  quota: { limit: number; used: number } | null;
}
