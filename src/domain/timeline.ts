import { type Language, languages, type Words } from './languages.ts';
import { mailInWords } from './mails.ts';
import { problemInWords } from './problems.ts';

/** What happened, as a line of a timeline; `details` are those of the audit row. */
export function eventInWords(action: string, details: Record<string, unknown>, language: Language): string {
  const detail = (name: string) => {
    const given = details[name];
    const value = isWords(given) ? given[language] : given;
    if (Array.isArray(value)) return value.join(', ');
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const line = (lines as Readonly<Record<string, Lines>>)[action]?.[language];
  if (line === undefined) return action;
  return typeof line === 'string' ? line : line(detail);
}

/** What an audit row tells in every language: where it will be read, its language is not known when it is written. */
function isWords(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && languages.every((language) => language in value);
}

type Detail = (name: string) => string;
type Lines = Readonly<Record<Language, string | ((detail: Detail) => string)>>;

const level = {
  en: (detail: Detail) => `level ${detail('level')} of ${detail('levels')} (${detail('levelName')})`,
  'zh-TW': (detail: Detail) =>
    `第 ${detail('level')} 關（共 ${detail('levels')} 關，${detail('levelName')}）`,
};

/** Every action that a timeline can show. */
export const lines = {
  'application.drafted': { en: 'Draft saved', 'zh-TW': '已儲存草稿' },
  'application.edited': { en: 'Edited', 'zh-TW': '已修改' },
  'application.submitted': { en: 'Submitted for review', 'zh-TW': '已送審' },
  'application.submission-refused': {
    en: (detail) => `Submission not opened: ${detail('message')}`,
    'zh-TW': (detail) => `送審未成立：${problemInWords(detail('code'), 'zh-TW')}`,
  },
  'application.approved-level': {
    en: (detail) => `Approved at ${level.en(detail)}`,
    'zh-TW': (detail) => `${level['zh-TW'](detail)}已核准`,
  },
  'application.submission-forged': {
    en: 'A submission was refused that did not come through Keygrant',
    'zh-TW': '已拒絕一次不是透過 Keygrant 提出的送審',
  },
  'application.approved-unreviewed': {
    en: 'Approved by the flow, which asks nobody',
    'zh-TW': '依流程自動核准，不需要任何人審核',
  },
  'application.denied-level': {
    en: (detail) => `Denied by one reviewer at ${level.en(detail)}`,
    'zh-TW': (detail) => `${level['zh-TW'](detail)}有一位審核人駁回`,
  },
  'application.escalated': {
    en: (detail) => `Escalated: ${level.en(detail)}`,
    'zh-TW': (detail) => `${level['zh-TW'](detail)}已升級`,
  },
  'application.timed-out': {
    en: (detail) => `Denied: ${detail('reason')}`,
    'zh-TW': (detail) => `已駁回：${overdue(detail)}`,
  },
  'application.denied': {
    en: (detail) => `Denied at ${level.en(detail)}`,
    'zh-TW': (detail) => `${level['zh-TW'](detail)}已駁回`,
  },
  'application.returned': {
    en: (detail) =>
      detail('level') === '' ? `Returned: ${detail('reason')}` : `Returned at ${level.en(detail)}`,
    'zh-TW': (detail) =>
      detail('level') === ''
        ? `已退回：${detail('inWords') || detail('reason')}`
        : `${level['zh-TW'](detail)}已退回`,
  },
  'application.reminded': {
    en: (detail) => `Reviewers of ${level.en(detail)} reminded`,
    'zh-TW': (detail) => `已提醒${level['zh-TW'](detail)}的審核人`,
  },
  'application.lapsed': {
    en: (detail) => `Lapsed: ${detail('reason')}`,
    'zh-TW': (detail) => `已逾期失效：${overdue(detail)}`,
  },
  'application.withdrawn': { en: 'Withdrawn by the applicant', 'zh-TW': '申請人已撤回' },
  'application.held': { en: 'Mail held back', 'zh-TW': '已暫緩寄送' },
  'application.released': { en: 'Mail released', 'zh-TW': '已解除暫緩寄送' },
  'application.recalled': {
    en: 'Recalled: the key is void, no mail leaves',
    'zh-TW': '已收回：金鑰已作廢，不會寄出郵件',
  },
  'decision.refused': {
    en: (detail) => `A decision was refused: ${problemInWords(detail('problem'), 'en')}`,
    'zh-TW': (detail) => `已拒絕一項決定：${problemInWords(detail('problem'), 'zh-TW')}`,
  },
  'key.issued': { en: 'Key issued', 'zh-TW': '已核發金鑰' },
  'key.updated': { en: 'Key changed', 'zh-TW': '已變更金鑰' },
  'key.revoked': { en: 'Key revoked', 'zh-TW': '已註銷金鑰' },
  'key.rotated': {
    en: 'New secret made; the one before stays valid for a while',
    'zh-TW': '已產生新的私鑰；先前的私鑰暫時仍有效',
  },
  'key.rotation-ended': { en: 'The secret before is void', 'zh-TW': '先前的私鑰已作廢' },
  'key.suspended': { en: 'Key suspended', 'zh-TW': '已停用金鑰' },
  'key.resumed': { en: 'Key resumed', 'zh-TW': '已恢復金鑰' },
  'key.leak-reported': {
    en: 'Secret reported to have leaked: key suspended',
    'zh-TW': '已通報私鑰外洩：金鑰已停用',
  },
  'key.reissued': {
    en: 'New secret made after the leak; the one before is void, the key resumed',
    'zh-TW': '外洩之後已產生新的私鑰；先前的私鑰已作廢，金鑰已恢復',
  },
  'key.expiring': {
    en: (detail) => `Holder reminded that the last day is ${detail('expiresOn')}`,
    'zh-TW': (detail) => `已提醒持有人：到期日期為 ${detail('expiresOn')}`,
  },
  'key.quota-warned': {
    en: (detail) => `Holder warned: ${detail('threshold')} % of the quota of ${detail('limit')} used`,
    'zh-TW': (detail) => `已提醒持有人：配額 ${detail('limit')} 次已使用 ${detail('threshold')}%`,
  },
  'key.expired': {
    en: (detail) => `Key expired: its last day was ${detail('expiresOn')}`,
    'zh-TW': (detail) => `金鑰已到期：到期日期為 ${detail('expiresOn')}`,
  },
  'key.act-refused': {
    en: (detail) => `Something asked for was refused: ${problemInWords(detail('problem'), 'en')}`,
    'zh-TW': (detail) => `已拒絕一項要求：${problemInWords(detail('problem'), 'zh-TW')}`,
  },
  'key.dgrk-limited': {
    en: (detail) =>
      detail('dgrkUntil') === ''
        ? 'DGRK allowed for as long as the key works'
        : `DGRK allowed until ${detail('dgrkUntil')}`,
    'zh-TW': (detail) =>
      detail('dgrkUntil') === ''
        ? '金鑰有效期間都可以使用 DGRK 簽章'
        : `DGRK 簽章可以使用到 ${detail('dgrkUntil')}`,
  },
  'key.rewrapped': {
    en: 'Secret sealed anew under a newer master key',
    'zh-TW': '已用新的主金鑰重新加密私鑰',
  },
  'former-secret.rewrapped': {
    en: 'Secret sealed anew under a newer master key',
    'zh-TW': '已用新的主金鑰重新加密私鑰',
  },
  'delivery.hurried': {
    en: 'Next attempt to mail the credentials asked for',
    'zh-TW': '已要求立即再次嘗試寄出憑證',
  },
  'delivery.repeated': {
    en: (detail) => `Credentials mailed again (${mailInWords(detail('kind'), 'en')}), to ${detail('to')}`,
    'zh-TW': (detail) => `已重寄（${mailInWords(detail('kind'), 'zh-TW')}）給 ${detail('to')}`,
  },
  'address.requested': {
    en: (detail) => `Another address asked for: ${detail('to')}`,
    'zh-TW': (detail) => `已要求更改收件地址：${detail('to')}`,
  },
  'address.approved': {
    en: (detail) => `Another address approved: ${detail('to')}`,
    'zh-TW': (detail) => `更改收件地址已核准：${detail('to')}`,
  },
  'address.denied': {
    en: (detail) => `Another address denied: ${detail('to')}`,
    'zh-TW': (detail) => `更改收件地址已駁回：${detail('to')}`,
  },
  'link.reminded': {
    en: 'Reminded of the link that shows the secret',
    'zh-TW': '已提醒尚未使用顯示私鑰的連結',
  },
  'link.expired': {
    en: 'The link that shows the secret has expired',
    'zh-TW': '顯示私鑰的連結已過期',
  },
  'link.revealed': { en: 'Secret shown, once and for all', 'zh-TW': '已顯示私鑰，不會再次顯示' },
  'mail.sent': {
    en: (detail) => `Mail sent (${mailInWords(detail('kind'), 'en')}) to ${detail('to')}`,
    'zh-TW': (detail) => `已寄出郵件（${mailInWords(detail('kind'), 'zh-TW')}）給 ${detail('to')}`,
  },
  'application.carried-on': {
    en: 'Carried on after a backup was restored',
    'zh-TW': '還原備份之後，已繼續處理',
  },
  'application.given-up': {
    en: 'Given up: it was lost with what came after a backup',
    'zh-TW': '已放棄：它與備份之後的資料一併遺失',
  },
  'application.erased': {
    en: (detail) => `Personal data erased: it ended more than ${detail('years')} years ago`,
    'zh-TW': (detail) => `已清除個人資料：申請結束已超過 ${detail('years')} 年`,
  },
} as const satisfies Readonly<Record<string, Lines>>;

/** Why nobody's decision ended it. */
function overdue(detail: Detail): string {
  return `第 ${detail('level')} 關在期限內無人做出決定`;
}
