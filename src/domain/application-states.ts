import type { Language, Words } from './languages.ts';

/**
 * The one table of an application's life: which event leads from which state to which. Database, workflow, HTTP and
 * tests ask it; nobody compares states by hand to find out what may happen.
 *
 * `returned` is where a reviewer sends an application back, and where one goes that was approved but can no longer be
 * issued as it was seen: its applicant edits and submits again, and every level starts afresh. Between issue and
 * delivery the credentials can be held, released, or recalled for good. An application for the change or the end of a key
 * is `completed` when that is done: there is nothing to deliver.
 */
const moves = {
  draft: { submit: 'pending', 'submit-unreviewed': 'approved' },
  pending: {
    'approve-level': 'pending',
    approve: 'approved',
    'deny-level': 'pending',
    deny: 'rejected',
    return: 'returned',
    withdraw: 'withdrawn',
    lapse: 'lapsed',
  },
  approved: { issue: 'issued', complete: 'completed', return: 'returned', withdraw: 'withdrawn' },
  issued: { hold: 'issued', release: 'issued', recall: 'recalled', deliver: 'delivered' },
  returned: { submit: 'pending', 'submit-unreviewed': 'approved' },
  delivered: {},
  completed: {},
  rejected: {},
  withdrawn: {},
  lapsed: {},
  recalled: {},
} as const satisfies Record<string, Record<string, string>>;

export type ApplicationState = keyof typeof moves;

/** All states, in the order in which an application meets them. */
export const applicationStates = Object.keys(moves) as [ApplicationState, ...ApplicationState[]];

type Moves = typeof moves;
/** What can happen to an application. */
export type ApplicationEvent = { [S in ApplicationState]: keyof Moves[S] }[ApplicationState];

/** The state that `event` leads to from `state`; undefined where the event cannot happen. */
export function move(state: ApplicationState, event: ApplicationEvent): ApplicationState | undefined {
  return (moves[state] as Partial<Record<ApplicationEvent, ApplicationState>>)[event];
}

/** Whether the applicant may still change and submit it. */
export function isEditable(state: ApplicationState): boolean {
  return move(state, 'submit') !== undefined;
}

/** Whether nothing can happen to it any more. */
export function isEnded(state: ApplicationState): boolean {
  return Object.keys(moves[state]).length === 0;
}

/** How people call a state. "Pending Order" is the word of the document that Keygrant implements. */
const names: Record<ApplicationState, Words> = {
  draft: { en: 'Draft', 'zh-TW': '草稿' },
  pending: { en: 'Pending Order', 'zh-TW': '待審核' },
  approved: { en: 'Approved', 'zh-TW': '已核准' },
  issued: { en: 'Issued', 'zh-TW': '已核發' },
  delivered: { en: 'Delivered', 'zh-TW': '已寄送' },
  completed: { en: 'Completed', 'zh-TW': '已完成' },
  returned: { en: 'Returned', 'zh-TW': '已退回' },
  rejected: { en: 'Rejected', 'zh-TW': '已駁回' },
  withdrawn: { en: 'Withdrawn', 'zh-TW': '已撤回' },
  lapsed: { en: 'Lapsed', 'zh-TW': '已逾期失效' },
  recalled: { en: 'Recalled', 'zh-TW': '已收回' },
};

/** The state as people call it. */
export function stateName(state: ApplicationState, language: Language): string {
  return names[state][language];
}
