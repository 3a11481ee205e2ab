import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/domain/languages.ts';
import { mailKinds } from '../../src/domain/mails.ts';
import { exampleDetails } from '../../src/mail/examples.ts';
import type { MailFacts } from '../../src/mail/facts.ts';
import { write } from '../../src/mail/letters.ts';
import type { Message } from '../../src/mail/mailer.ts';
import type { Details } from '../../src/mail/placeholders.ts';

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
    kind: 'apply',
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

/** Every mail in every language; of its details, too, all that is text is this one. */
const mails: Record<string, (text: string) => Message> = Object.fromEntries(
  mailKinds.flatMap((kind) =>
    languages.map((language) => [
      `${kind} in ${language}`,
      (text: string) => {
        // A detail that is blank is one that there is not, and leaves out what would quote it.
        const said = text.trim() === '' ? 'blank' : text;
        // Keys are Keygrant's own.
        const details = Object.fromEntries(
          Object.entries(exampleDetails(kind, language)).map(([name, own]) => [
            name,
            name.endsWith('Key') ? own : said,
          ]),
        ) as Details;
        return write(kind, factsOf(text), details, language);
      },
    ]),
  ),
);

describe.each(Object.entries(mails))('whatever people write, the mail %s', (_, compose) => {
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
  const page = write('return', { ...factsOf('a'), link: 'javascript:alert(1)' }, { reason: 'r' }, 'en').html;
  expect(page).not.toContain('href');
  expect(page).toContain('javascript:alert(1)');
});

test('long names are cut in subjects, between characters, and whole in the mail', () => {
  const long = 'é😀'.repeat(127);
  const facts = { ...factsOf('a'), keyName: long, clientName: long };
  const details = { level: '10', levels: '10', levelName: 'l', nextLevel: '' };
  const mail = write('review', facts, details, 'en');
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
    .map((line) => /^[^:：]{0,7}[:：]?/u.exec(line)?.[0] ?? '');
}
