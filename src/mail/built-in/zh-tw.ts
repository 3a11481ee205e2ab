import type { MailKind } from '../../domain/mails.ts';
import type { Template } from '../template.ts';
import { signing } from './signing.ts';

const review = (asking: string): Template => ({
  subject: `${asking}：{{clientName}} 的「{{keyName}}」（第 {{level}} 關，共 {{levels}} 關）`,
  body: `
此申請需要您在第 {{level}} 關（共 {{levels}} 關{{#levelName}}，{{levelName}}{{/levelName}}）做出決定：{{applicantName}} 為 {{clientName}} 申請{{asksFor}}。

{{application}}

## 核准代表什麼

{{^revoke}}核准即表示您同意 {{clientName}} 以專屬的金鑰，自生效日期至到期日期，在配額範圍內呼叫上列 API。{{/revoke}}{{#revoke}}核准即表示您同意永久終止 {{clientName}} 的這把金鑰。{{/revoke}}{{#nextLevel}}核准後，申請會進入第 {{nextLevel}} 關；最後一關核准後才會{{#revoke}}註銷{{/revoke}}{{#update}}變更{{/update}}{{^update}}{{^revoke}}核發{{/revoke}}{{/update}}金鑰。{{/nextLevel}}{{^nextLevel}}這是最後一關：核准後即{{#revoke}}註銷金鑰。{{/revoke}}{{#update}}變更金鑰，金鑰對維持不變。{{/update}}{{^update}}{{^revoke}}核發金鑰，並將憑證寄給申請人與用戶端。{{/revoke}}{{/update}}{{/nextLevel}}

駁回會結束這份申請；退回則讓申請人修改後重新送審。兩者都必須填寫意見，申請人會收到該意見。如果本關的其他審核人已經做出決定，您就不需要再處理。

[檢視並決定]({{link}})
`,
});

const howToSign = `
## 金鑰的用途

{{application}}

[檢視申請]({{link}})

## 如何簽署呼叫（DGRK）

每次呼叫都要帶上這個標頭：

\`\`\`
Authorization: DGRK <apiKey>.<signature>
\`\`\`

簽章的算法如下：

\`\`\`
signature = base64(HMAC-SHA256(key = secretKey, message = body + apiKey + secretKey))
\`\`\`

兩把金鑰都直接以文字使用，不必解碼。body 是您送出的 JSON，須先壓縮（各部分之間沒有空格或換行）；呼叫沒有內容時，body 為空字串。

若要在 shell 中測試沒有內容的呼叫，請先設定 API_KEY、SECRET_KEY 與 URL；使用「read -r SECRET_KEY」輸入私鑰，就不會留在 shell 的歷史紀錄裡。openssl 執行時，同一台機器的其他使用者可能看得到私鑰，請使用您自己的機器。

\`\`\`
${signing}
\`\`\`
`;

const oldSecret =
  '{{#grace}}先前的私鑰仍與新的私鑰同時有效（為期{{grace}}），讓您不中斷地更換；更換完成後，可以提前結束。{{/grace}}{{#unusedDays}}先前的私鑰仍與新的私鑰同時有效，直到連續 {{unusedDays}} 天未被使用為止，讓您不中斷地更換。{{/unusedDays}}{{^grace}}{{^unusedDays}}先前的私鑰已作廢。{{/unusedDays}}{{/grace}}';

const byRequest =
  '也可以透過 API 申請：POST /v1/applications，kind 為 "update"，keyId 為 "{{keyId}}"，並附上要變更的內容。';

/** The mails as they are until an admin stores others: Traditional Chinese as it is written in Taiwan. */
export const traditionalChinese: Record<MailKind, Template> = {
  review: review('請審核'),
  reminder: review('提醒，請審核'),
  escalation: review('已升級給您，請審核'),

  rejection: {
    subject: '已駁回：{{clientName}} 的「{{keyName}}」',
    body: `
您的申請（{{asksFor}}）已被駁回。{{#overdue}}因為期限內無人做出決定：{{/overdue}}{{^overdue}}{{#reviewerName}}{{reviewerName}}{{/reviewerName}}{{^reviewerName}}審核人{{/reviewerName}}{{#levelName}} 在「{{levelName}}」這一關{{/levelName}}做出此決定，意見如下：{{/overdue}}

> {{comment}}

這份申請到此結束，不會核發或變更金鑰。如果您已從意見中得知該如何調整，請另外提出新的申請。

{{application}}

[檢視申請]({{link}})
`,
  },

  lapse: {
    subject: '已逾期失效：{{clientName}} 的「{{keyName}}」',
    body: `
您的申請（{{asksFor}}）已失效：雖然已通知審核人，但期限內無人做出決定。

> {{reason}}

如果仍需要金鑰，請提出新的申請，並告知負責審核的人員。

{{application}}

[檢視申請]({{link}})
`,
  },

  return: {
    subject: '請修改：{{clientName}} 的「{{keyName}}」',
    body: `
您的 API 金鑰申請已退回，有內容需要修改：

> {{reason}}

資料都還在：請修改後重新送審。每一關都會重新審核，在此之前不會核發金鑰。

{{application}}

[檢視申請]({{link}})
`,
  },

  recall: {
    subject: '已收回：{{clientName}} 的「{{keyName}}」',
    body: `
為您的申請所核發的金鑰，在寄出憑證之前已被收回。該金鑰已作廢，也沒有任何人收到它的私鑰。

> {{reason}}

如果仍需要金鑰，請提出新的申請。

{{application}}

[檢視申請]({{link}})
`,
  },

  update: {
    subject: '已變更：{{clientName}} 的「{{keyName}}」',
    body: `
API 金鑰已依核准內容變更，即日起如下所示。金鑰對維持不變，不需要重新安裝。

{{application}}

[檢視申請]({{link}})
`,
  },

  revocation: {
    subject: '已註銷：{{clientName}} 的「{{keyName}}」',
    body: `
API 金鑰已依核准內容註銷，無法再呼叫任何 API，也無法恢復。

{{application}}

[檢視申請]({{link}})
`,
  },

  credentials: {
    subject: 'API 金鑰授權結果通知',
    body: `
下列申請已核准，並已核發 API 金鑰。憑證如下：

## API Key（公鑰）

\`\`\`
{{apiKey}}
\`\`\`

## Secret Key（私鑰）

\`\`\`
{{secretKey}}
\`\`\`

請妥善保管私鑰。切勿分享，也不要寫進程式碼：持有私鑰的人可以用您的名義呼叫 API。簽署呼叫時需要用到它。Keygrant 不會在其他地方顯示私鑰，請立即存放到安全的地方，例如密碼管理工具。
${howToSign}`,
  },

  'credentials-link': {
    subject: 'API 金鑰授權結果通知',
    body: `
下列申請已核准，並已核發 API 金鑰。

## API Key（公鑰）

\`\`\`
{{apiKey}}
\`\`\`

## Secret Key（私鑰）

私鑰不在這封郵件裡。下方的連結只會向您顯示一次私鑰：請登入並按下按鈕。僅開啟連結不會用掉這次機會。連結的有效期間為{{revealWithin}}。

[顯示私鑰]({{revealLink}})

請妥善保管私鑰。切勿分享，也不要寫進程式碼：持有私鑰的人可以用您的名義呼叫 API。簽署呼叫時需要用到它。私鑰只會顯示一次，請先準備好安全的存放處，例如密碼管理工具。
${howToSign}`,
  },

  'link-reminder': {
    subject: '提醒，私鑰尚未領取：{{clientName}} 的「{{keyName}}」',
    body: `
這把 API 金鑰的私鑰還沒有人檢視過。連結自第一封郵件寄出起{{revealWithin}}內有效；逾期之後，可以在申請頁面重新核發連結。

[顯示私鑰]({{revealLink}})

登入並按下按鈕之後，私鑰只會顯示一次。僅開啟連結不會用掉這次機會。

{{application}}

[檢視申請]({{link}})
`,
  },

  'address-review': {
    subject: '請審核收件地址：{{clientName}} 的「{{keyName}}」',
    body: `
有人要求將一把已核准的 API 金鑰的憑證，改寄到另一個電子郵件地址。提出要求的是 {{requesterName}}。您是最後一關的審核人，請做出決定。

地址：{{address}}

> {{comment}}

## 核准代表什麼

能讀取這個信箱的人，就會收到 {{clientName}} 的金鑰。請確認地址確實屬於對方，再予以核准。

{{application}}

[檢視並決定]({{link}})
`,
  },

  'address-approved': {
    subject: '更改收件地址已核准：{{clientName}} 的「{{keyName}}」',
    body: `
您的 API 金鑰憑證改寄到下列地址的要求已核准：

地址：{{address}}

> {{comment}}

如果這不是您預期的變更，請自行駁回，或立即通知審核人或管理員：在郵件寄出之前都還可以駁回。

{{application}}

[檢視申請]({{link}})
`,
  },

  rotation: {
    subject: '新的私鑰：{{clientName}} 的「{{keyName}}」',
    body: `
下列 API 金鑰已有新的私鑰。公鑰、可呼叫的 API 與配額都維持不變。

## API Key（公鑰）

\`\`\`
{{apiKey}}
\`\`\`

## Secret Key（私鑰）

\`\`\`
{{secretKey}}
\`\`\`

${oldSecret}

請妥善保管私鑰。切勿分享，也不要寫進程式碼：持有私鑰的人可以用您的名義呼叫 API。Keygrant 不會在其他地方顯示私鑰，請立即存放到安全的地方，例如密碼管理工具。
${howToSign}`,
  },

  'rotation-link': {
    subject: '新的私鑰：{{clientName}} 的「{{keyName}}」',
    body: `
下列 API 金鑰已有新的私鑰。公鑰、可呼叫的 API 與配額都維持不變。

## API Key（公鑰）

\`\`\`
{{apiKey}}
\`\`\`

## Secret Key（私鑰）

私鑰不在這封郵件裡。下方的連結只會向您顯示一次私鑰：請登入並按下按鈕。僅開啟連結不會用掉這次機會。連結的有效期間為{{revealWithin}}。

[顯示私鑰]({{revealLink}})

${oldSecret}

請妥善保管私鑰。切勿分享，也不要寫進程式碼：持有私鑰的人可以用您的名義呼叫 API。
${howToSign}`,
  },

  'expiry-reminder': {
    subject: '將於{{left}}後到期：{{clientName}} 的「{{keyName}}」',
    body: `
下列 API 金鑰的有效期間到 {{expiresOn}}（{{timeZone}}）為止，也就是從現在起{{left}}。到期之後，以它簽署的呼叫一律會被拒絕。

如需繼續使用，請申請延長有效期間。金鑰對維持不變，不需要重新安裝。

[更新金鑰]({{renewLink}})

${byRequest}

{{application}}
`,
  },

  'quota-warning': {
    subject: '配額已使用 {{percent}}%：{{clientName}} 的「{{keyName}}」',
    body: `
下列 API 金鑰已呼叫 {{used}} 次，達到配額（{{quota}}）的 {{percent}}%。配額用完之後，其餘的呼叫一律會被拒絕。

如果需要更多，請申請提高配額。金鑰對維持不變，不需要重新安裝。

[申請提高配額]({{renewLink}})

${byRequest}

{{application}}
`,
  },

  suspension: {
    subject: '已停用：{{clientName}} 的「{{keyName}}」',
    body: `
下列 API 金鑰已由 {{by}} 暫時停用。恢復之前，以它簽署的呼叫一律會被拒絕。

> {{comment}}

{{application}}

[檢視申請]({{link}})
`,
  },

  resumption: {
    subject: '已恢復：{{clientName}} 的「{{keyName}}」',
    body: `
下列 API 金鑰已由 {{by}} 恢復，可以再次呼叫 API。{{#comment}}

> {{comment}}{{/comment}}

{{application}}

[檢視申請]({{link}})
`,
  },

  leak: {
    subject: '私鑰外洩，已停用：{{clientName}} 的「{{keyName}}」',
    body: `
下列 API 金鑰的私鑰已經外洩（由 {{by}} 通報）。金鑰已停用，以它簽署的呼叫一律會被拒絕。

> {{comment}}

新的私鑰已預先核准，可以申請一次：POST /v1/keys/{{keyId}}/reissue。外洩的私鑰隨即作廢，公鑰不變，新的私鑰會以與第一次相同的方式送達，金鑰也會恢復使用。

{{application}}

[檢視申請]({{link}})
`,
  },

  'leak-report': {
    subject: '私鑰外洩：{{clientName}} 的「{{keyName}}」',
    body: `
下列 API 金鑰的私鑰已經外洩（由 {{by}} 通報）。金鑰已停用，並已通知持有人；持有人不需要再次審核，就能取得新的私鑰。

> {{comment}}

請查看它的呼叫紀錄：GET /v1/keys/{{keyId}}/calls。如果通報有誤，管理員可以恢復金鑰；也可以將它註銷。

{{application}}

[檢視申請]({{link}})
`,
  },

  'revoked-at-once': {
    subject: '已註銷：{{clientName}} 的「{{keyName}}」',
    body: `
下列 API 金鑰已由 {{by}} 註銷，無法再呼叫任何 API，也無法恢復。

> {{comment}}

{{application}}

[檢視申請]({{link}})
`,
  },

  'address-denied': {
    subject: '更改收件地址已駁回：{{clientName}} 的「{{keyName}}」',
    body: `
您的 API 金鑰憑證改寄到下列地址的要求已被駁回，不會寄送任何內容到該地址：

地址：{{address}}

> {{comment}}

{{application}}

[檢視申請]({{link}})
`,
  },
};
