import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { MailFacts } from '../../src/mail/facts.ts';
import { write } from '../../src/mail/letters.ts';

const facts: MailFacts = {
  brand: 'digiRunner',
  applicationId: 'app_01',
  applicantName: 'Ana Lima',
  kind: 'apply',
  clientId: 'acme',
  clientName: 'Acme Logistics',
  keyName: 'Nightly orders',
  description: 'Fetches the orders of the day.',
  apis: [
    { name: 'Read orders', method: 'GET', path: '/orders/{id}' },
    { name: 'Write orders', method: 'POST', path: '/orders' },
  ],
  quota: 10_000,
  effectiveOn: '2026-12-01',
  expiresOn: '2027-11-30',
  timeZone: 'Asia/Taipei',
  link: 'https://keygrant.example/v1/applications/app_01',
};

/** A pair in the shape of a real one. */
const newPair = () => ({ apiKey: encoded(20), secretKey: encoded(32) });
function encoded(bytes: number): string {
  return Buffer.from(randomBytes(bytes).toString('hex')).toString('base64');
}

const pair = newPair();
const credentialsMail = (about: MailFacts, keys: typeof pair) => write('credentials', about, keys, 'en');
const mail = credentialsMail(facts, pair);
const shown = asShown(mail.html);

test('the subject is the one of the document, to the letter', () => {
  expect(mail.subject).toBe('【digiRunner】Notification API Key Authorization Result');
  expect(credentialsMail({ ...facts, brand: 'Kéy & Co' }, pair).subject).toBe(
    '【Kéy & Co】Notification API Key Authorization Result',
  );
});

test.each([
  ['text', mail.text],
  ['HTML', shown],
])('the %s shows all that the document promises', (_, content) => {
  for (const promised of [
    'app_01',
    'Acme Logistics (acme)',
    'Nightly orders',
    'Read orders (GET /orders/{id})',
    'Write orders (POST /orders)',
    '10,000 calls',
    '2026-12-01, from the start of that day (Asia/Taipei)',
    '2027-11-30, to the end of that day (Asia/Taipei)',
    'Keep the Secret Key confidential',
    'Authorization: DGRK <apiKey>.<signature>',
    'signature = base64(HMAC-SHA256(key = secretKey, message = body + apiKey + secretKey))',
    facts.link,
  ]) {
    expect(content).toContain(promised);
  }
});

test('a quota without a limit is said in words', () => {
  expect(credentialsMail({ ...facts, quota: -1 }, pair).text).toMatch(/^Quota: +unlimited$/m);
});

test('each key stands on a line of its own below its name, in text and HTML', () => {
  expect(mail.text).toContain(
    `\n\nAPI Key (Public)\n\n${pair.apiKey}\n\nSecret Key (Private)\n\n${pair.secretKey}\n\n`,
  );
  for (const key of [pair.apiKey, pair.secretKey]) {
    const style = /<pre style="([^"]*)">$/.exec(mail.html.slice(0, mail.html.indexOf(`${key}</pre>`)))?.[1];
    expect(style).toMatch(/white-space:\s*pre;.*monospace/);
  }
});

test('the secret occurs exactly once in the text and once in the HTML, and not in the subject', () => {
  expect(mail.text.split(pair.secretKey)).toHaveLength(2);
  expect(mail.html.split(pair.secretKey)).toHaveLength(2);
  expect(mail.subject).not.toContain(pair.secretKey);
});

test('the shell example signs as DGRK does, copied from the text or from the HTML', () => {
  for (const content of [mail.text, shown]) {
    const example = /^SIGNATURE=[\s\S]*"\$URL"$/m.exec(content.replaceAll('</pre>', '\n'))?.[0] ?? '';
    for (const { apiKey, secretKey } of [pair, newPair(), newPair()]) {
      // The example itself, with a curl that says what it was asked to do.
      const script = `curl() { printf '%s\\n' "$@"; }\n${example}`;
      const asked = execFileSync('sh', ['-eu', '-c', script], {
        env: {
          PATH: process.env['PATH'],
          API_KEY: apiKey,
          SECRET_KEY: secretKey,
          URL: 'http://localhost/orders?a=1&b=2',
        },
        encoding: 'utf8',
      });
      const signature = createHmac('sha256', secretKey).update(`${apiKey}${secretKey}`).digest('base64');
      expect(asked).toBe(`-H\nAuthorization: DGRK ${apiKey}.${signature}\nhttp://localhost/orders?a=1&b=2\n`);
    }
  }
});

test('nothing that people wrote is part of the shell example', () => {
  const hostile = credentialsMail(
    { ...facts, keyName: '$(reboot)', clientName: '`reboot`', link: '"; reboot' },
    pair,
  );
  expect(hostile.text.slice(hostile.text.indexOf('SIGNATURE='))).toBe(
    mail.text.slice(mail.text.indexOf('SIGNATURE=')),
  );
});

test('opening the mail loads nothing and runs nothing', () => {
  expect(mail.html).not.toMatch(
    /<(?:img|script|link|iframe|object|form|style)|src=|url\(|@import|\son[a-z]+=/i,
  );
});

/** What a reader of the HTML sees, with tags gone. */
function asShown(content: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return content
    .replaceAll('</pre>', '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => named[name] ?? '');
}
