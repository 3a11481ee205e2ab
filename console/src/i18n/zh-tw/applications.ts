import type { Messages } from '../messages.ts';

export const applications: Messages['applications'] = {
  title: '申請單',
  lead: '您提出的申請，以及您可檢視的申請。',
  apply: '申請 API 金鑰',
  empty: {
    title: '尚無申請單',
    words: '申請單用來申請 API 金鑰：為哪個用戶端、開放哪些 API、到何時為止。',
  },
  emptyFilter: { title: '沒有符合的項目', words: '沒有申請單處於此狀態。' },
  state: '狀態',
  columns: {
    name: '金鑰',
    client: '用戶端',
    state: '狀態',
    now: '目前進度',
    since: '時間',
  },
  unnamed: '尚未命名',
};
