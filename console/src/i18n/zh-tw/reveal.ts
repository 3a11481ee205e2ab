import type { Messages } from '../messages.ts';

export const reveal: Messages['reveal'] = {
  title: 'API 金鑰的私鑰',
  lead: '私鑰只會顯示一次，且只顯示給連結郵件的收件人。',
  noLink: '請重新開啟郵件中的連結：目前的網址沒有指明是哪一把金鑰。',
  before: '請先準備好安全的存放處，例如密碼管理工具。按下按鈕即顯示私鑰，連結隨即失效。',
  show: '立即顯示私鑰',
  asAnother: '以其他帳號登入',
  key: '開啟金鑰',
  application: '開啟申請',
  shownTitle: '請立即複製公鑰與私鑰',
  shown: '離開此頁後私鑰即消失，不會再次顯示。若已遺失，可在金鑰頁面輪替。',
  pair: '金鑰對',
  apiKey: 'API Key（公鑰）',
  secretKey: 'Secret Key（私鑰）',
};
