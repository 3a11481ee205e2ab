import type { MailKind } from '../../domain/mails.ts';
import type { Template } from '../template.ts';
import { signing } from './signing.ts';

const review = (asking: string): Template => ({
  subject: `${asking}: "{{keyName}}" for {{clientName}} (level {{level}} of {{levels}})`,
  body: `
Your decision is needed at level {{level}} of {{levels}}{{#levelName}} ({{levelName}}){{/levelName}}: {{applicantName}} applies for {{asksFor}} for {{clientName}}.

{{application}}

## What your approval means

{{^revoke}}You agree that {{clientName}} may call the APIs above, with a key of its own, from the effective to the expiry date and as often as the quota allows.{{/revoke}}{{#revoke}}You agree that this key of {{clientName}} ends for good.{{/revoke}} {{#nextLevel}}The application then goes on to level {{nextLevel}}; the key is {{#revoke}}revoked{{/revoke}}{{#update}}changed{{/update}}{{^update}}{{^revoke}}issued{{/revoke}}{{/update}} when the last level has approved.{{/nextLevel}}{{^nextLevel}}Yours is the last level: the key is then {{#revoke}}revoked.{{/revoke}}{{#update}}changed, and keeps its pair.{{/update}}{{^update}}{{^revoke}}issued, and its credentials are mailed to the applicant and the client.{{/revoke}}{{/update}}{{/nextLevel}}

A denial ends the application; a return lets the applicant change it and submit it again. Both need a comment, which the applicant receives. If another reviewer of this level has decided meanwhile, there is nothing left for you to do.

[See and decide]({{link}})
`,
});

const howToSign = `
## What the key is for

{{application}}

[The application]({{link}})

## How to sign a call (DGRK)

Every call carries this header:

\`\`\`
Authorization: DGRK <apiKey>.<signature>
\`\`\`

The signature is made so:

\`\`\`
signature = base64(HMAC-SHA256(key = secretKey, message = body + apiKey + secretKey))
\`\`\`

Both keys are taken as the texts that they are, without decoding them. The body is the JSON that you send, minified (no spaces or line breaks between its parts), or empty where the call has none.

To try a call without a body in a shell, set API_KEY, SECRET_KEY and URL first; the command "read -r SECRET_KEY" takes the secret without leaving it in the history of your shell. Other users of the same machine could see the secret while openssl runs, so use a machine of your own.

\`\`\`
${signing}
\`\`\`
`;

const oldSecret =
  '{{#grace}}The Secret Key from before stays valid beside it for {{grace}} more, so that you can change over without a break. When you have, end it early.{{/grace}}{{#unusedDays}}The Secret Key from before stays valid beside it until it has not been used for {{unusedDays}} days, so that you can change over without a break.{{/unusedDays}}{{^grace}}{{^unusedDays}}The Secret Key from before is void.{{/unusedDays}}{{/grace}}';

const byRequest =
  'By the API it is a POST to /v1/applications with kind "update", keyId "{{keyId}}" and what is to change.';

/** The mails as they are until an admin stores others: English. */
export const english: Record<MailKind, Template> = {
  review: review('Please review'),
  reminder: review('Reminder, please review'),
  escalation: review('Escalated to you, please review'),

  rejection: {
    subject: 'Denied: "{{keyName}}" for {{clientName}}',
    body: `
Your application for {{asksFor}} was denied. {{#overdue}}It was not decided in time:{{/overdue}}{{^overdue}}{{#reviewerName}}{{reviewerName}}{{/reviewerName}}{{^reviewerName}}A reviewer{{/reviewerName}} decided so{{#levelName}} at level "{{levelName}}"{{/levelName}}, with this comment:{{/overdue}}

> {{comment}}

This application ends here, and no key is issued or changed. If the comment shows you what to change, write a new application.

{{application}}

[The application]({{link}})
`,
  },

  lapse: {
    subject: 'Lapsed: "{{keyName}}" for {{clientName}}',
    body: `
Your application for {{asksFor}} has lapsed: nobody decided it in time, although its reviewers were asked.

> {{reason}}

If you still need a key, write a new application, and tell the people who review it.

{{application}}

[The application]({{link}})
`,
  },

  return: {
    subject: 'Please edit: "{{keyName}}" for {{clientName}}',
    body: `
Your application for an API key was returned to you, because something in it has to change:

> {{reason}}

Nothing is lost: edit the application and submit it again. Every level then reviews it afresh, and no key is issued before.

{{application}}

[The application]({{link}})
`,
  },

  recall: {
    subject: 'Recalled: "{{keyName}}" for {{clientName}}',
    body: `
The key that was issued for your application was recalled before its credentials were mailed. It is void, and nobody has received its secret.

> {{reason}}

If you still need a key, write a new application.

{{application}}

[The application]({{link}})
`,
  },

  update: {
    subject: 'Changed: "{{keyName}}" for {{clientName}}',
    body: `
The API key was changed as approved. From now on it is as below. Its pair stays the same: there is nothing to install.

{{application}}

[The application]({{link}})
`,
  },

  revocation: {
    subject: 'Revoked: "{{keyName}}" for {{clientName}}',
    body: `
The API key was revoked as approved. It opens no API any more, and cannot be brought back.

{{application}}

[The application]({{link}})
`,
  },

  credentials: {
    subject: 'Notification API Key Authorization Result',
    body: `
The application below is approved, and its API key is issued. These are the credentials:

## API Key (Public)

\`\`\`
{{apiKey}}
\`\`\`

## Secret Key (Private)

\`\`\`
{{secretKey}}
\`\`\`

Keep the Secret Key confidential. Never share it, and never put it into source code: whoever has it can call in your name. You need it to sign your calls. Keygrant shows it nowhere else, so put it into a safe place now, such as a password manager.
${howToSign}`,
  },

  'credentials-link': {
    subject: 'Notification API Key Authorization Result',
    body: `
The application below is approved, and its API key is issued.

## API Key (Public)

\`\`\`
{{apiKey}}
\`\`\`

## Secret Key (Private)

The Secret Key is not in this mail. The link below shows it, once, to you alone: sign in and press the button. Opening the link does not use it up. It works for {{revealWithin}}.

[Show the Secret Key]({{revealLink}})

Keep the Secret Key confidential. Never share it, and never put it into source code: whoever has it can call in your name. You need it to sign your calls. It is shown once, so have a safe place ready, such as a password manager.
${howToSign}`,
  },

  'link-reminder': {
    subject: 'Reminder, the Secret Key waits: "{{keyName}}" for {{clientName}}',
    body: `
Nobody has looked at the Secret Key of this API key yet. The link works for {{revealWithin}} from the mail that first had it; after that it can be issued anew, from the application's page.

[Show the Secret Key]({{revealLink}})

It is shown once, after you have signed in and pressed the button. Opening the link does not use it up.

{{application}}

[The application]({{link}})
`,
  },

  'address-review': {
    subject: 'Please review an address: "{{keyName}}" for {{clientName}}',
    body: `
The credentials of an approved API key are to be mailed to another address: {{requesterName}} asks for it. As a reviewer of the last level you decide.

The address: {{address}}

> {{comment}}

## What your approval means

Whoever reads the mail at this address receives the key of {{clientName}}. Approve it only if you know that the address is theirs.

{{application}}

[See and decide]({{link}})
`,
  },

  'address-approved': {
    subject: 'Approved, another address: "{{keyName}}" for {{clientName}}',
    body: `
It was approved that the credentials of your API key are mailed to another address:

The address: {{address}}

> {{comment}}

If you did not expect this, deny it yourself, or tell a reviewer or an admin at once: that is possible until the mail leaves.

{{application}}

[The application]({{link}})
`,
  },

  rotation: {
    subject: 'New secret: "{{keyName}}" for {{clientName}}',
    body: `
The API key below has a new Secret Key. Its API Key, what it opens and how often stay as they are.

## API Key (Public)

\`\`\`
{{apiKey}}
\`\`\`

## Secret Key (Private)

\`\`\`
{{secretKey}}
\`\`\`

${oldSecret}

Keep the Secret Key confidential. Never share it, and never put it into source code: whoever has it can call in your name. Keygrant shows it nowhere else, so put it into a safe place now, such as a password manager.
${howToSign}`,
  },

  'rotation-link': {
    subject: 'New secret: "{{keyName}}" for {{clientName}}',
    body: `
The API key below has a new Secret Key. Its API Key, what it opens and how often stay as they are.

## API Key (Public)

\`\`\`
{{apiKey}}
\`\`\`

## Secret Key (Private)

The Secret Key is not in this mail. The link below shows it, once, to you alone: sign in and press the button. Opening the link does not use it up. It works for {{revealWithin}}.

[Show the Secret Key]({{revealLink}})

${oldSecret}

Keep the Secret Key confidential. Never share it, and never put it into source code: whoever has it can call in your name.
${howToSign}`,
  },

  'expiry-reminder': {
    subject: 'Expires in {{left}}: "{{keyName}}" for {{clientName}}',
    body: `
The API key below works through {{expiresOn}} ({{timeZone}}); that is {{left}} from now. After that every call that it signs is refused.

To go on using it, apply for a later day. The key keeps its pair, so there is nothing to install.

[Renew the key]({{renewLink}})

${byRequest}

{{application}}
`,
  },

  'quota-warning': {
    subject: '{{percent}} % of the quota used: "{{keyName}}" for {{clientName}}',
    body: `
Of the quota of the API key below, {{percent}} % is used: {{used}} of {{quota}} calls. When all are made, every further call is refused.

If you need more, apply for a larger quota. The key keeps its pair, so there is nothing to install.

[Apply for more]({{renewLink}})

${byRequest}

{{application}}
`,
  },

  suspension: {
    subject: 'Suspended: "{{keyName}}" for {{clientName}}',
    body: `
The API key below was suspended by {{by}}. Every call that it signs is refused until it is resumed.

> {{comment}}

{{application}}

[The application]({{link}})
`,
  },

  resumption: {
    subject: 'Resumed: "{{keyName}}" for {{clientName}}',
    body: `
The API key below was resumed by {{by}}. Its calls pass again.{{#comment}}

> {{comment}}{{/comment}}

{{application}}

[The application]({{link}})
`,
  },

  leak: {
    subject: 'Suspended, its secret has leaked: "{{keyName}}" for {{clientName}}',
    body: `
The Secret Key of the API key below has leaked, as {{by}} reported. It is suspended: every call that it signs is refused.

> {{comment}}

A new Secret Key is approved already. Ask for it, once: POST /v1/keys/{{keyId}}/reissue. The leaked one is void from then on, the API Key stays, the new Secret Key is delivered as the first one was, and the key is resumed.

{{application}}

[The application]({{link}})
`,
  },

  'leak-report': {
    subject: 'A secret has leaked: "{{keyName}}" for {{clientName}}',
    body: `
The Secret Key of the API key below has leaked, as {{by}} reported. It is suspended, its holder was told and can have a new Secret Key without another review.

> {{comment}}

Look at what was called with it: GET /v1/keys/{{keyId}}/calls. An admin can resume the key, if the report was mistaken, or revoke it.

{{application}}

[The application]({{link}})
`,
  },

  'revoked-at-once': {
    subject: 'Revoked: "{{keyName}}" for {{clientName}}',
    body: `
The API key below was revoked by {{by}}. It opens no API any more, and cannot be brought back.

> {{comment}}

{{application}}

[The application]({{link}})
`,
  },

  'address-denied': {
    subject: 'Denied, another address: "{{keyName}}" for {{clientName}}',
    body: `
It was denied that the credentials of your API key are mailed to another address. Nothing is mailed there:

The address: {{address}}

> {{comment}}

{{application}}

[The application]({{link}})
`,
  },
};
