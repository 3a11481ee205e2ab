import type { Messages } from '../messages.ts';

export const shell: Messages['shell'] = {
  product: 'Keygrant',
  skip: '跳至主要內容',
  navigation: '功能選單',
  menu: '選單',
  sections: {
    applications: '申請單',
    reviews: '待審核',
    history: 'API 金鑰簽核紀錄',
    keys: '金鑰',
    try: '連線測試',
    setup: '設定',
  },
  waiting: '{count} 件申請等待您審核',
  account: '帳號',
  signedInAs: '登入身分：{name}',
  signOut: '登出',
  language: '語言',
  appearance: '外觀',
  themes: { system: '依系統設定', light: '淺色', dark: '深色' },
  signIn: {
    title: '您的 API 金鑰，逐關審核、全程留痕',
    lead: '申請 API 金鑰、審核申請、追蹤每一個步驟。',
    action: '登入',
    stranger: '{name} 已登入但尚未註冊，請洽管理員。',
  },
  ended: {
    title: '您已登出',
    words: '您的工作階段已結束，您輸入的內容仍保留在此頁。',
    action: '重新登入',
    waiting: '登入視窗已開啟，完成登入後此頁將繼續。',
  },
  offline: '連線中斷，畫面內容可能不是最新的；系統會自動重試。',
  back: '已恢復連線。',
};
