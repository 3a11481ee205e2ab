import type { Language, Words } from './languages.ts';

/**
 * Every way in which Keygrant says no. The code is the problem's name everywhere: in the database, in the audit
 * trail, in Temporal and as the last part of an HTTP problem's `type`. What HTTP status it has is HTTP's business.
 */
export const problems = {
  // who you are
  unauthenticated: {
    en: 'The request carries no valid access token.',
    'zh-TW': '要求沒有附上有效的存取權杖。',
  },
  'unknown-person': {
    en: 'The access token is valid, but nobody of that subject is registered here.',
    'zh-TW': '存取權杖有效，但這裡沒有登錄這位使用者。',
  },
  'person-disabled': {
    en: 'This person is registered, but disabled.',
    'zh-TW': '這位使用者已登錄，但已停用。',
  },
  'foreign-page': {
    en: 'A request by the console’s cookie must come from a page of this service.',
    'zh-TW': '以主控台的 Cookie 提出的要求，必須來自本服務的頁面。',
  },
  'sign-in-unknown': {
    en: 'This sign-in is over, or was not begun in this browser.',
    'zh-TW': '此登入已結束，或不是從這個瀏覽器開始的。',
  },
  'sign-in-failed': {
    en: 'The OpenID Connect issuer did not confirm who you are.',
    'zh-TW': 'OpenID Connect 簽發者未能確認您的身分。',
  },
  forbidden: { en: 'This person may not do this.', 'zh-TW': '這位使用者無權執行此操作。' },
  'not-found': {
    en: 'There is nothing here that this person may see.',
    'zh-TW': '這裡沒有這位使用者可以檢視的內容。',
  },
  // how you asked
  invalid: {
    en: 'The request breaks one or more rules; each is listed with its field.',
    'zh-TW': '要求不符合一項或多項規則；各項規則與欄位列示如下。',
  },
  'malformed-request': { en: 'The request could not be read.', 'zh-TW': '無法讀取要求。' },
  'precondition-required': {
    en: 'A change must name the revision that it was made from, in the header If-Match.',
    'zh-TW': '變更時，必須以 If-Match 標頭指明所依據的版本。',
  },
  'revision-changed': {
    en: 'It has been changed since the revision that the request names.',
    'zh-TW': '要求所指明的版本，後來已有變更。',
  },
  'idempotency-key-reused': {
    en: 'This Idempotency-Key was used before for a different request.',
    'zh-TW': '這個 Idempotency-Key 已用於另一項要求。',
  },
  'already-exists': { en: 'Something with this name exists already.', 'zh-TW': '已有相同名稱的項目。' },
  'payload-too-large': { en: 'The request body is larger than allowed.', 'zh-TW': '要求的內容超過上限。' },
  'unsupported-media-type': {
    en: 'The request body is of a type that is not understood here.',
    'zh-TW': '要求的內容類型不受支援。',
  },
  'too-many-requests': { en: 'Too many requests in a short time.', 'zh-TW': '短時間內的要求過多。' },
  'too-many-streams': {
    en: 'This person follows as many timelines as one person can at a time.',
    'zh-TW': '這位使用者同時追蹤的時間軸已達上限。',
  },
  'too-many-webhooks': {
    en: 'There are as many webhooks as there can be.',
    'zh-TW': 'Webhook 的數量已達上限。',
  },
  // what state things are in
  'not-editable': {
    en: 'An application can be edited or submitted only as a draft or after it was returned.',
    'zh-TW': '申請只有在草稿或退回之後，才能修改或送審。',
  },
  'not-pending': { en: 'The application does not wait for a decision.', 'zh-TW': '這份申請並未等待審核。' },
  'level-decided': { en: 'The level has been decided in the meantime.', 'zh-TW': '這一關已經有決定了。' },
  'stale-digest': {
    en: 'The decision was made on a revision that is no longer the submitted one.',
    'zh-TW': '此決定所依據的內容，已經不是送審的版本。',
  },
  'own-application': {
    en: 'Nobody decides on their own application.',
    'zh-TW': '任何人都不能審核自己的申請。',
  },
  'already-decided': {
    en: 'This person has decided on this application already.',
    'zh-TW': '這位使用者已經對這份申請做出決定。',
  },
  'not-a-reviewer': {
    en: 'This person is not a reviewer of the level that is open.',
    'zh-TW': '這位使用者不是目前這一關的審核人。',
  },
  'comment-required': {
    en: 'This decision needs a comment that tells the applicant why.',
    'zh-TW': '此決定必須填寫意見，讓申請人知道原因。',
  },
  'not-the-applicant': {
    en: 'Only its applicant may withdraw an application.',
    'zh-TW': '只有申請人可以撤回申請。',
  },
  'not-concerned': {
    en: 'Only those whom the flow names (applicant, reviewers, admins) may stop the mail of this application.',
    'zh-TW': '只有流程所指定的人員（申請人、審核人、管理員）可以停止寄送這份申請的郵件。',
  },
  'too-late': {
    en: 'The application is past the point where this could be done.',
    'zh-TW': '這份申請的進度已經過了可以這樣做的階段。',
  },
  'already-held': { en: 'The mail is held back already.', 'zh-TW': '郵件已經暫緩寄送。' },
  'not-held': { en: 'The mail is not held back.', 'zh-TW': '郵件並未暫緩寄送。' },
  // the delivery of a key
  'not-the-applicant-or-admin': {
    en: 'Only the applicant or an admin may ask for this.',
    'zh-TW': '只有申請人或管理員可以提出此要求。',
  },
  'not-yet-mailed': {
    en: 'The credentials have not been mailed yet: their time has not come.',
    'zh-TW': '時間未到，憑證尚未寄出。',
  },
  'already-resent': {
    en: 'The credentials were mailed again in the meantime.',
    'zh-TW': '憑證已經重寄過了。',
  },
  'resend-limit': {
    en: 'The credentials were asked for again three times within a day; it is possible again later.',
    'zh-TW': '一天之內已要求重寄憑證三次；請稍後再試。',
  },
  'address-pending': {
    en: 'A change of the address waits already.',
    'zh-TW': '已有一項更改收件地址的要求等待審核。',
  },
  'no-address-change': {
    en: 'No change of the address waits for a decision.',
    'zh-TW': '沒有等待審核的更改收件地址要求。',
  },
  'other-address': {
    en: 'The address that was asked for is not the one that the decision names.',
    'zh-TW': '所要求的地址，並不是此決定所指明的地址。',
  },
  'own-request': {
    en: 'Nobody decides on what they have asked for themselves.',
    'zh-TW': '任何人都不能審核自己提出的要求。',
  },
  'link-unknown': { en: 'There is no such link.', 'zh-TW': '沒有這個連結。' },
  'link-expired': {
    en: 'The link has expired; the applicant or an admin can have another one mailed.',
    'zh-TW': '連結已過期；申請人或管理員可以要求重寄新的連結。',
  },
  'link-superseded': {
    en: 'The link is void: a later mail has another one, or its key is void.',
    'zh-TW': '連結已作廢：後來的郵件有新的連結，或金鑰已作廢。',
  },
  'already-revealed': {
    en: 'The secret was shown already, and is never shown again.',
    'zh-TW': '私鑰已經顯示過，不會再次顯示。',
  },
  'level-without-reviewer': {
    en: 'The flow has a level that nobody could decide for this applicant.',
    'zh-TW': '流程中有一關，沒有人可以審核這位申請人的申請。',
  },
  // the life of a key
  'key-ended': { en: 'The key has expired or was revoked.', 'zh-TW': '金鑰已到期，或已註銷。' },
  'key-suspended': { en: 'The key is suspended.', 'zh-TW': '金鑰已停用。' },
  'already-suspended': { en: 'The key is suspended already.', 'zh-TW': '金鑰先前已經停用。' },
  'not-suspended': { en: 'The key is not suspended.', 'zh-TW': '金鑰並未停用。' },
  'not-the-suspender': {
    en: 'Only an admin may resume a key that somebody else has suspended, or whose secret has leaked.',
    'zh-TW': '由他人停用或私鑰已外洩的金鑰，只有管理員可以恢復。',
  },
  'rotation-under-way': {
    en: 'The key has two secrets already: the rotation before is not over.',
    'zh-TW': '金鑰已有兩把私鑰：先前的更換尚未結束。',
  },
  'no-rotation': {
    en: 'The key has one secret; no rotation is under way.',
    'zh-TW': '金鑰只有一把私鑰，並未進行更換。',
  },
  'leak-reported': {
    en: 'It has been reported already that the secret of this key leaked.',
    'zh-TW': '已經通報過這把金鑰的私鑰外洩。',
  },
  'no-leak-reported': {
    en: 'A key is issued anew after its secret was reported to have leaked, once for each report.',
    'zh-TW': '通報私鑰外洩之後，才能重新核發；每次通報只能重新核發一次。',
  },
  'delegation-ended': { en: 'The delegation has ended already.', 'zh-TW': '代理已經結束。' },
  // signals that did not come from Keygrant's own API
  'malformed-decision': { en: 'The signal does not hold a decision.', 'zh-TW': '訊號的內容不是一項決定。' },
  'forged-decision': {
    en: 'The decision does not carry a valid signature of this service.',
    'zh-TW': '此決定沒有本服務的有效簽章。',
  },
  'malformed-act': {
    en: 'The signal does not hold anything that is done to a key.',
    'zh-TW': '訊號的內容不是對金鑰的操作。',
  },
  'forged-act': {
    en: 'The signal does not carry a valid signature of this service.',
    'zh-TW': '訊號沒有本服務的有效簽章。',
  },
  'repeated-act': { en: 'This very signal was received before.', 'zh-TW': '先前已經收到完全相同的訊號。' },
  'forged-submission': {
    en: 'The submission does not carry a valid signature of this service.',
    'zh-TW': '此送審沒有本服務的有效簽章。',
  },
  'repeated-decision': {
    en: 'This very decision was received before.',
    'zh-TW': '先前已經收到完全相同的決定。',
  },
  'unknown-signal': {
    en: 'Keygrant sends no signal of this name.',
    'zh-TW': 'Keygrant 不會送出這個名稱的訊號。',
  },
  // calls to APIs, where a gateway asks for a yes or no
  'call-unauthorized': {
    en: 'The call is not signed by a key that opens anything now.',
    'zh-TW': '呼叫的簽章，並非出自目前有效的金鑰。',
  },
  'api-not-permitted': {
    en: 'The key does not open an API of this method and path.',
    'zh-TW': '金鑰不能呼叫這個方法與路徑的 API。',
  },
  'quota-used-up': { en: 'All calls of the key’s quota have been made.', 'zh-TW': '金鑰的配額已用完。' },
  'upstream-unreachable': {
    en: 'The API that was called could not be reached; the call was not made.',
    'zh-TW': '無法連線到所呼叫的 API；此呼叫並未送出。',
  },
  'upstream-timeout': {
    en: 'The API that was called did not answer in time.',
    'zh-TW': '所呼叫的 API 沒有及時回應。',
  },
  'upstream-failed': { en: 'The API that was called broke off.', 'zh-TW': '所呼叫的 API 中斷了回應。' },
  // what we depend on
  'mail-unavailable': {
    en: 'Mail is not configured or the SMTP server does not answer.',
    'zh-TW': '郵件尚未設定，或 SMTP 伺服器沒有回應。',
  },
  'workflow-unavailable': { en: 'The workflow service does not answer.', 'zh-TW': '流程服務沒有回應。' },
  unavailable: {
    en: 'A service that Keygrant depends on does not answer.',
    'zh-TW': 'Keygrant 所需要的服務沒有回應。',
  },
  timeout: { en: 'The request took too long.', 'zh-TW': '處理要求的時間過長。' },
  internal: { en: 'Something went wrong on our side.', 'zh-TW': '本服務發生錯誤。' },
} as const satisfies Readonly<Record<string, Words>>;

/** The name of a problem, stable for callers. */
export type ProblemCode = keyof typeof problems;

/** What a problem means, by its code as it was recorded; a code that is not known stands for itself. */
export function problemInWords(code: string, language: Language): string {
  return (problems as Readonly<Record<string, Words>>)[code]?.[language] ?? code;
}
