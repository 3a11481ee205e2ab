import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { credentialsMail } from '../../src/mail/credentials.ts';
import type { MailFacts } from '../../src/mail/facts.ts';
import type { Message } from '../../src/mail/mailer.ts';
import { rejectionMail } from '../../src/mail/rejection.ts';
import { returnMail } from '../../src/mail/return.ts';
import { reviewMail } from '../../src/mail/review.ts';

/** Texts that have broken pages and letters before, in any mixture with any characters. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '</title></pre></td></table>',
        '<img src="https://evil.example/pixel">',
        '" onmouseover="alert(1)',
        '<!--',
        '"',
        "'",
        '&',
        '&lt;',
        '\n\nSecret Key (Private)\n',
        '\r-- \r\n',
        '\u0000\u0007\u0085\u2028\u2029',
        '\u202E\u2066\uFEFF',
        '\uD800',
        '${x} $& $1',
      ),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

/** An application in which everything that is text is this one. */
function factsOf(text: string): MailFacts {
  return {
    brand: text,
    applicationId: text,
    applicantName: text,
    clientId: text,
    clientName: text,
    keyName: text,
    description: text,
    apis: [{ name: text, method: text, path: text }],
    quota: 1,
    effectiveOn: text,
    expiresOn: text,
    timeZone: text,
    link: `https://keygrant.example/${text}`,
  };
}

const mails: Record<string, (text: string) => Message> = {
  credentials: (text) => credentialsMail(factsOf(text), { apiKey: 'YXBp', secretKey: 'c2VjcmV0' }),
  review: (text) => reviewMail(factsOf(text), { level: 1, levels: 2, levelName: text }),
  rejection: (text) => rejectionMail(factsOf(text), { comment: text, reviewerName: text, levelName: text }),
  return: (text) => returnMail(factsOf(text), { reason: text }),
};

describe.each(Object.entries(mails))('whatever people write, the %s mail', (_, compose) => {
  test('keeps its HTML: text adds no tag, attribute or comment', () => {
    const expected = tagsOf(compose('harmless').html);
    fc.assert(
      fc.property(anyText, (text) => {
        const page = compose(text).html;
        expect(page.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>"']/);
        expect(tagsOf(page)).toEqual(expected);
      }),
    );
  });

  test('keeps its text: every line begins as Keygrant wrote it, or is marked as somebody else’s', () => {
    const expected = ourLines(compose('harmless').text);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(ourLines(compose(text).text)).toEqual(expected);
      }),
    );
  });

  test('holds no control character, bidirectional override or half of a character', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const mail = compose(text);
        expect(mail.subject).not.toContain('\n');
        for (const content of [mail.subject, mail.text, mail.html]) {
          expect(content.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069\uFEFF]/u);
        }
      }),
    );
  });
});

test.each(Object.entries(mails))(
  'what is written with unusual characters is shown as it was: %s',
  (_, compose) => {
    const mail = compose(`O'Neil & <Söhne> "訂單" 😀`);
    expect(mail.text).toContain(`O'Neil & <Söhne> "訂單" 😀`);
    expect(mail.html).toContain('O&#39;Neil &amp; &lt;Söhne&gt; &quot;訂單&quot; 😀');
  },
);

test('a link leads nowhere but to the web', () => {
  const page = returnMail({ ...factsOf('a'), link: 'javascript:alert(1)' }, { reason: 'r' }).html;
  expect(page).not.toContain('href');
  expect(page).toContain('javascript:alert(1)');
});

test('long names are cut in subjects, between characters, and whole in the mail', () => {
  const long = 'é😀'.repeat(127);
  const facts = { ...factsOf('a'), keyName: long, clientName: long };
  const mail = reviewMail(facts, { level: 10, levels: 10, levelName: 'l' });
  expect(Array.from(mail.subject).length).toBeLessThan(180);
  expect(mail.subject).toMatch(/^【a】Please review: "[é😀]{59}…" for [é😀]{59}… \(level 10 of 10\)$/u);
  expect(mail.text).toContain(long);
});

/** The tags of a page in order; a line break within a text is no structure. */
function tagsOf(page: string): string[] {
  return (page.match(/<[^<>]*>/g) ?? [])
    .filter((tag) => tag !== '<br>')
    .map((tag) => tag.replace(/^<a href="https:\/\/keygrant\.example\/[^"]*">$/, '<a>'));
}

/** How the lines begin that are neither quoted nor below another line of the same value. */
function ourLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !/^(?: |> )/.test(line))
    .map((line) => line.slice(0, 8));
}
