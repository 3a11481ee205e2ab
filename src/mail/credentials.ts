import type { MailFacts } from './facts.ts';
import { factsTable, heading, letter, link, paragraph, verbatim } from './layout.ts';
import type { Message } from './mailer.ts';

/** A key pair in clear, on its way into its one mail. */
export interface Credentials {
  /** Public: it travels with every call. */
  apiKey: string;
  secretKey: string;
}

/**
 * A call without a body, for the reader's shell. It takes everything from variables: the secret is not repeated, and
 * nothing that people wrote is ever pasted into a shell.
 */
const example = `SIGNATURE=$(printf '%s' "$API_KEY$SECRET_KEY" |
  openssl dgst -sha256 -hmac "$SECRET_KEY" -binary | openssl base64 -A)
curl -H "Authorization: DGRK $API_KEY.$SIGNATURE" "$URL"`;

/** Hands over the key: the only mail, and the only place outside the sealed database, that holds a secret. */
export function credentialsMail(facts: MailFacts, { apiKey, secretKey }: Credentials): Message {
  return letter(facts.brand, 'Notification API Key Authorization Result', [
    paragraph('The application below is approved, and its API key is issued. These are the credentials:'),
    heading('API Key (Public)'),
    verbatim(apiKey),
    heading('Secret Key (Private)'),
    verbatim(secretKey),
    paragraph(
      'Keep the Secret Key confidential. Never share it, and never put it into source code: whoever has it can call in your name. You need it to sign your calls. Keygrant never sends it again, so put it into a safe place now, such as a password manager.',
    ),
    heading('What the key is for'),
    factsTable(facts),
    link('The application', facts.link),
    heading('How to sign a call (DGRK)'),
    paragraph('Every call carries this header:'),
    verbatim('Authorization: DGRK <apiKey>.<signature>'),
    paragraph('The signature is made so:'),
    verbatim('signature = base64(HMAC-SHA256(key = secretKey, message = body + apiKey + secretKey))'),
    paragraph(
      'Both keys are taken as the texts that they are above, without decoding them. The body is the JSON that you send, minified (no spaces or line breaks between its parts), or empty where the call has none.',
    ),
    paragraph(
      'To try a call without a body in a shell, set API_KEY, SECRET_KEY and URL first; the command "read -r SECRET_KEY" takes the secret without leaving it in the history of your shell. Other users of the same machine could see the secret while openssl runs, so use a machine of your own.',
    ),
    verbatim(example),
  ]);
}
