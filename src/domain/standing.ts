import { type ApplicationState, stateName } from './application-states.ts';
import { momentIn } from './dates.ts';
import type { ApplicationKind } from './kinds.ts';
import type { Language, Words } from './languages.ts';
import { anyOf, spaced } from './lists.ts';

/** What is needed to say in words where an application stands. */
export interface Standing {
  state: ApplicationState;
  kind: ApplicationKind;
  level: number | null;
  levels: number;
  levelName: string | null;
  /** How many have approved the open level, of how many. */
  approvals: { given: number; needed: number };
  /** How many have denied it, of how many that end it. */
  denials: { given: number; needed: number };
  /** Names of those who must act. */
  waitingFor: readonly string[];
  deliveryDueAt: Date | null;
  /** Who holds the mail back. */
  heldBy: string | null;
  /** Why it was returned or rejected: in every language where Keygrant gave the reason, else as a person wrote it. */
  reason: Words | string | null;
}

/** The state as a person would say it, and what comes next. One voice for API, mails and Temporal's UI. */
export function inWords(standing: Standing, zone: string, language: Language): { now: string; next: string } {
  const name = stateName(standing.state, language);
  const { deliveryDueAt, reason: given } = standing;
  const mailAt = deliveryDueAt && momentIn(zone, deliveryDueAt);
  const reason = typeof given === 'string' ? given : (given?.[language] ?? null);
  const { now, next } = words[standing.state][language]({ ...standing, reason, mailAt });
  return { now: `${name}${now}`, next };
}

/** What a sentence can tell; `mailAt` is the moment at which the credentials are due, in words. */
type Told = Omit<Standing, 'reason'> & { reason: string | null; mailAt: string | null };
/** What is said after the name of the state, and what comes next. */
type Say = (told: Told) => { now: string; next: string };

const ended: Record<Language, Say> = {
  en: ({ reason }) => ({
    now: reason ? `: ${reason}` : '',
    next: 'Nothing; the applicant may write a new application.',
  }),
  'zh-TW': ({ reason }) => ({
    now: reason ? `：${reason}` : '',
    next: '沒有後續步驟；申請人可以另外提出新的申請。',
  }),
};

const words: Record<ApplicationState, Record<Language, Say>> = {
  draft: {
    en: () => ({ now: ', not yet submitted', next: 'The applicant submits it for review.' }),
    'zh-TW': () => ({ now: '，尚未送審', next: '申請人送審後，即開始審核。' }),
  },
  pending: {
    en: (told) => ({
      now: `: level ${told.level} of ${told.levels} (${told.levelName}), ${given(told, 'en')}waiting for ${listed(told.waitingFor, 'en')}`,
      next:
        told.level === told.levels ? onApproval[told.kind].en : 'On approval it goes on to its next level.',
    }),
    'zh-TW': (told) => ({
      now: `：第 ${told.level} 關，共 ${told.levels} 關（${told.levelName}），${given(told, 'zh-TW')}等待${listed(told.waitingFor, 'zh-TW')}決定`,
      next: told.level === told.levels ? onApproval[told.kind]['zh-TW'] : '核准後，進入下一關。',
    }),
  },
  approved: {
    en: ({ kind }) => ({ now: ' by all levels', next: underWay[kind].en }),
    'zh-TW': ({ kind }) => ({ now: '：各關皆已核准', next: underWay[kind]['zh-TW'] }),
  },
  issued: {
    en: ({ heldBy, mailAt }) =>
      heldBy === null
        ? {
            now: ': the key exists, its credentials are not mailed yet',
            next: mailAt
              ? `The mail with the credentials leaves at ${mailAt}.`
              : 'The mail with the credentials is about to leave.',
          }
        : {
            now: `: the mail with the credentials is held back by ${heldBy}`,
            next: 'It leaves after it is released, or never, if it is recalled.',
          },
    'zh-TW': ({ heldBy, mailAt }) =>
      heldBy === null
        ? {
            now: '：金鑰已核發，憑證尚未寄出',
            next: mailAt ? `憑證將於 ${mailAt} 寄出。` : '憑證即將寄出。',
          }
        : {
            now: `：憑證由 ${heldBy} 暫緩寄送`,
            next: '解除暫緩之後才會寄出；如果收回，就不會寄出。',
          },
  },
  delivered: {
    en: () => ({
      now: ': the mail with the key has left',
      next: 'The key works from its effective to its expiry date.',
    }),
    'zh-TW': () => ({ now: '：憑證已寄出', next: '金鑰自生效日期至到期日期有效。' }),
  },
  completed: {
    en: ({ kind }) => ({
      now: `: ${done[kind].en}`,
      next:
        kind === 'revoke' ? 'Nothing; the key opens no API any more.' : 'Nothing; the key keeps its pair.',
    }),
    'zh-TW': ({ kind }) => ({
      now: `：${done[kind]['zh-TW']}`,
      next: kind === 'revoke' ? '沒有後續步驟；金鑰無法再呼叫任何 API。' : '沒有後續步驟；金鑰對維持不變。',
    }),
  },
  returned: {
    en: ({ reason }) => ({
      now: reason ? `: ${reason}` : '',
      next: 'The applicant edits and submits it again; every level starts afresh.',
    }),
    'zh-TW': ({ reason }) => ({
      now: reason ? `：${reason}` : '',
      next: '申請人修改後重新送審；每一關都會重新審核。',
    }),
  },
  rejected: ended,
  withdrawn: ended,
  lapsed: ended,
  recalled: ended,
};

const onApproval: Record<ApplicationKind, Words> = {
  apply: {
    en: 'On approval the key is issued and then mailed.',
    'zh-TW': '核准後，即核發金鑰，再寄出憑證。',
  },
  update: {
    en: 'On approval the key is changed; its pair stays.',
    'zh-TW': '核准後，即變更金鑰，金鑰對維持不變。',
  },
  revoke: { en: 'On approval the key is revoked.', 'zh-TW': '核准後，即註銷金鑰。' },
};
const underWay: Record<ApplicationKind, Words> = {
  apply: { en: 'The key is being issued.', 'zh-TW': '正在核發金鑰。' },
  update: { en: 'The key is being changed.', 'zh-TW': '正在變更金鑰。' },
  revoke: { en: 'The key is being revoked.', 'zh-TW': '正在註銷金鑰。' },
};
const done: Record<ApplicationKind, Words> = {
  apply: { en: 'the key was issued', 'zh-TW': '金鑰已核發' },
  update: { en: 'the key was changed', 'zh-TW': '金鑰已變更' },
  revoke: { en: 'the key was revoked', 'zh-TW': '金鑰已註銷' },
};

const counted = {
  approvals: {
    en: (given: number, needed: number) => `${given} of ${needed} approvals, `,
    'zh-TW': (given: number, needed: number) => `${needed} 人核准中已有 ${given} 人，`,
  },
  denials: {
    en: (given: number, needed: number) => `${given} of ${needed} denials, `,
    'zh-TW': (given: number, needed: number) => `${needed} 人駁回中已有 ${given} 人，`,
  },
} as const;

/** Said only where a level needs more than one approval, or was denied by fewer than end it. */
function given({ approvals, denials }: Standing, language: Language): string {
  const approved = approvals.needed > 1 ? counted.approvals[language](approvals.given, approvals.needed) : '';
  return denials.given > 0 ? approved + counted.denials[language](denials.given, denials.needed) : approved;
}

const nobody: Words = {
  en: 'a reviewer (none is available: an admin should look at the flow)',
  'zh-TW': '審核人（目前沒有人可以審核，請管理員查看流程）',
};

function listed(names: readonly string[], language: Language): string {
  return names.length === 0 ? nobody[language] : spaced(anyOf(names, language), language);
}
