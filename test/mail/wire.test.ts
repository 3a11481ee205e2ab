import * as fc from 'fast-check';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { languages } from '../../src/domain/languages.ts';
import { mailKinds } from '../../src/domain/mails.ts';
import { exampleDetails } from '../../src/mail/examples.ts';
import type { MailFacts } from '../../src/mail/facts.ts';
import { write } from '../../src/mail/letters.ts';
import type { Message } from '../../src/mail/mailer.ts';
import type { Details } from '../../src/mail/placeholders.ts';

/** Texts that have added headers before, in any mixture with any characters. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\nBcc: evil@example.com',
        '\nTo: evil@example.com\n\n',
        '\r\n\r\n',
        '\u0000',
        '\u0085\u2028',
        '<evil@example.com>, ',
        '=?utf-8?Q?=0D=0ABcc:_evil@example.com?=',
        '\uD800',
      ),
      fc.string({ unit: 'binary' }),
      fc.string({ minLength: 40 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const letters = mailKinds.flatMap((kind) => languages.map((language) => ({ kind, language })));

test.each(letters)('user text adds no header and no recipient to $kind in $language', async (each) => {
  const { kind, language } = each;
  const names = Object.keys(exampleDetails(kind, language));
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const details = Object.fromEntries(names.map((name) => [name, text])) as Details;
      const message = write(kind, factsOf(text), details, language);
      const { headers, envelope } = await send(message);
      expect(headers.map(([name]) => name).toSorted()).toEqual([
        'auto-submitted',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
      ]);
      const values = new Map(headers);
      expect(values.get('to')).toBe('ana@example.com');
      expect(envelope).toEqual({ from: 'keygrant@example.com', to: ['ana@example.com'] });
      expect(decoded(values.get('subject') ?? '')).toBe(message.subject);
    }),
  );
});

test('the keys arrive on lines of their own, whole, in text and HTML', async () => {
  const keys = { apiKey: `${'a'.repeat(54)}==`, secretKey: `${'b'.repeat(87)}=` };
  const { raw } = await send(write('credentials', factsOf('a'), keys, 'en'));
  // Quoted-printable (RFC 2045, section 6.7): its own line breaks vanish on arrival.
  const arrived = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  for (const key of Object.values(keys)) {
    expect(arrived).toContain(`\r\n${key}\r\n`);
    expect(arrived).toContain(`>${key}</pre>`);
  }
});

function factsOf(text: string): MailFacts {
  return {
    brand: text,
    applicationId: text,
    applicantName: text,
    kind: 'apply',
    clientId: text,
    clientName: text,
    keyName: text,
    description: text,
    apis: [{ name: text, method: text, path: text }],
    quota: -1,
    effectiveOn: text,
    expiresOn: text,
    timeZone: text,
    link: text,
  };
}

/** Sends as the mailer does, into memory. */
async function send({ subject, text, html }: Message) {
  const transport = createTransport(
    { streamTransport: true, buffer: true, newline: 'windows' },
    { from: 'Keygrant <keygrant@example.com>', disableFileAccess: true, disableUrlAccess: true },
  );
  const { message, envelope } = await transport.sendMail({
    to: [{ name: '', address: 'ana@example.com' }],
    messageId: '<mail_1@example.com>',
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  const raw = Buffer.isBuffer(message) ? message.toString() : '';
  const lines = raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { raw, headers, envelope };
}

/** A header's text, out of the encoded words of RFC 2047. */
function decoded(header: string): string {
  return header
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, encoding: string, content: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64').toString()
        : decodeURIComponent(
            content
              .replaceAll('%', '%25')
              .replaceAll('_', ' ')
              .replaceAll(/=([0-9A-F]{2})/gi, '%$1'),
          ),
    );
}
