import type { DgrkPair } from '../signing/dgrk.ts';

/** A mail's head and text, from the mail server's own page. */
export async function receivedMail(mailUrl: string, messageId: string): Promise<string> {
  const all = (await (await fetch(`${mailUrl}/api/email`)).json()) as {
    messageId?: string;
    subject: string;
    text: string;
    headers: Record<string, unknown>;
  }[];
  const mail = all.findLast((each) =>
    messageId.includes(String(each.messageId ?? each.headers['message-id']).replaceAll(/[<>]/g, '')),
  );
  if (!mail) throw new Error(`the mail ${messageId} is not in the mailbox`);
  return `Subject: ${mail.subject}\nMessage-ID: ${messageId}\n\n${mail.text}`;
}

/** The pair that stands in a mail. */
export function pairIn(mail: string): DgrkPair {
  return {
    apiKey: /API Key \(Public\)\s+(\S{56})\s/.exec(mail)?.[1] ?? '',
    secretKey: /Secret Key \(Private\)\s+(\S{88})\s/.exec(mail)?.[1] ?? '',
  };
}
