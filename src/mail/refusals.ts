/** What an SMTP server's answer, or the lack of one, asks of an operator; the first that fits. */
const remedies: readonly [RegExp, string][] = [
  [/SMTP is not configured/, 'Set SMTP_URL of the worker and start it again.'],
  [
    /certificate|self.signed|\b(?:TLS|SSL)\b|wrong version number/i,
    'Server and worker do not agree on TLS: look at the certificate, NODE_EXTRA_CA_CERTS and the scheme of SMTP_URL.',
  ],
  [
    /^5(?:30|34|35|38)\b|\b5\.7\.(?:8|9)\b|EAUTH|Invalid login|Missing credentials/i,
    'The server wants other credentials: look at user and password in SMTP_URL.',
  ],
  [
    /ECONN|ENOTFOUND|EAI_AGAIN|EDNS|EHOSTUNREACH|ETIMEDOUT|ESOCKET|timeout|timed out|closed|abort|greeting/i,
    'The server does not answer: look whether it is up and whether SMTP_URL of the worker names it.',
  ],
  [
    /^55[013]\b.*\b5\.7\.|spam|policy|blocked|SPF|DKIM|DMARC/i,
    'The server refuses what it takes for unwanted: have MAIL_FROM and this machine allowed there.',
  ],
  [/\b5\.1\.\d|^55[0135]\b/, 'The server knows no such address: correct that of the person or the client.'],
  [/^4\d\d\b/, 'The server refuses for now: nothing is to be done unless it lasts.'],
];

/** What to do about a mail that was not taken, by the server's last answer. */
export function mailRemedy(answer: string): string {
  const known = remedies.find(([pattern]) => pattern.test(answer));
  return known?.[1] ?? 'The answer says why: look at SMTP_URL, MAIL_FROM and the addresses.';
}
