import type { Language } from '../domain/languages.ts';
import { quotaInWords } from '../domain/quota.ts';
import type { MailFacts } from './facts.ts';
import { html, type SafeHtml } from './html.ts';
import type { Message } from './mailer.ts';

/** A part of a mail, said twice: as text and as HTML. */
export interface Block {
  text: string;
  html: SafeHtml;
}

/** The longest text from people in a subject: subjects are read in lists, and cut off there anyway. */
const subjectCharacters = 60;

/**
 * Text from people as a single line. Control characters become spaces and bidirectional overrides go, so that it can
 * neither begin a header or line of its own nor show as something else. The domain refuses them at the border; this
 * is for whatever came past it.
 * @param most characters that remain
 */
export function inOneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  const line = lines(text).join(' ').replaceAll(/\s+/g, ' ').trim();
  const all = Array.from(line);
  return all.length > most
    ? `${all
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : line;
}

/** Text from people for a subject: one line, and not a long one. */
export function inSubject(text: string): string {
  return inOneLine(text, subjectCharacters);
}

/** A paragraph, whatever it quotes, is one line: clients wrap it. */
export function paragraph(text: string): Block {
  const line = inOneLine(text);
  return { text: line, html: html`<p style="margin:0 0 16px">${line}</p>` };
}

/** The title of what follows. */
export function heading(text: string): Block {
  const line = inOneLine(text);
  return { text: line, html: html`<h2 style="margin:24px 0 8px;font-size:16px">${line}</h2>` };
}

/** What a person wrote, apart from what Keygrant says: no line of it can pass for one of ours. */
export function quote(text: string): Block {
  const said = lines(text);
  return {
    text: said.map((line) => `> ${line}`).join('\n'),
    html: html`<blockquote dir="auto" style="margin:0 0 16px;padding:4px 0 4px 12px;border-left:4px solid #999999;overflow-wrap:anywhere">${broken(said)}</blockquote>`,
  };
}

/**
 * Text to copy, exactly as given: every line stays one line, in the text and on the screen, where a long one scrolls
 * and one click selects all. Only for what Keygrant writes itself.
 */
export function verbatim(text: string): Block {
  return {
    text,
    html: html`<pre style="margin:0 0 16px;padding:8px 12px;border:1px solid #999999;border-radius:4px;overflow-x:auto;white-space:pre;font:12px/1.5 Consolas,Menlo,'Courier New',monospace;-webkit-user-select:all;user-select:all">${text}</pre>`,
  };
}

/** An address to open. Anything but the web is shown, but leads nowhere. */
export function link(label: string, address: string): Block {
  const url = inOneLine(address);
  const shown = /^https?:\/\//i.test(url) ? html`<a href="${url}">${url}</a>` : html`<span>${url}</span>`;
  return {
    text: `${label}: ${url}`,
    html: html`<p style="margin:0 0 16px;overflow-wrap:anywhere">${label}: ${shown}</p>`,
  };
}

/** What Keygrant itself says around the templates. */
const words = {
  en: {
    labels: [
      'Application number',
      'Applicant',
      'Client',
      'Key name',
      'Description',
      'APIs',
      'Quota',
      'Effective date',
      'Expiry date',
    ],
    colon: ':',
    from: 'from the start of that day',
    until: 'to the end of that day',
    sentBy: (name: string) => `Sent by Keygrant for ${name}.`,
  },
  'zh-TW': {
    labels: ['申請編號', '申請人', '用戶端', '金鑰名稱', '說明', 'API', '配額', '生效日期', '到期日期'],
    colon: '：',
    from: '自當日開始',
    until: '至當日結束',
    sentBy: (name: string) => `本郵件由 Keygrant 代 ${name} 寄出。`,
  },
} as const satisfies Record<Language, unknown>;

/** How many columns a text takes where each letter takes the same: Chinese characters take two. */
function columns(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (character > '\u2E80' ? 2 : 1), 0);
}

/** The application as its reviewers judge it and its key will have it. */
export function factsTable(facts: MailFacts, language: Language): Block {
  const { labels, colon, from, until } = words[language];
  const zone = inOneLine(facts.timeZone);
  const values: string[][] = [
    [inOneLine(facts.applicationId)],
    [inOneLine(facts.applicantName)],
    [`${inOneLine(facts.clientName)} (${inOneLine(facts.clientId)})`],
    [inOneLine(facts.keyName)],
    lines(facts.description),
    facts.apis.map(({ name, method, path }) =>
      inOneLine(`${name} (${inOneLine(method)} ${inOneLine(path)})`),
    ),
    [quotaInWords(facts.quota, language)],
    [`${inOneLine(facts.effectiveOn)}, ${from} (${zone})`],
    [`${inOneLine(facts.expiresOn)}, ${until} (${zone})`],
  ];
  const rows = labels.map((label, at): [string, string[]] => [label, values[at] ?? []]);
  const width = Math.max(...labels.map((label) => columns(label + colon))) + 1;
  const padded = (label: string) => label + colon + ' '.repeat(width - columns(label + colon));
  return {
    // Further lines of a value stand under its first, so that none of them can pass for a row.
    text: rows.map(([label, value]) => padded(label) + value.join(`\n${' '.repeat(width)}`)).join('\n'),
    html: html`<table style="width:100%;margin:0 0 16px;border-collapse:collapse">${rows.map(
      ([label, value]) =>
        html`<tr><th scope="row" style="padding:6px 12px 6px 0;border-bottom:1px solid #999999;text-align:left;vertical-align:top;white-space:nowrap">${label}</th><td dir="auto" style="padding:6px 0;border-bottom:1px solid #999999;vertical-align:top;overflow-wrap:anywhere">${broken(value)}</td></tr>`,
    )}</table>`,
  };
}

/**
 * The whole message. It names no colours of text and ground, so that every client shows it in its own, dark ones
 * too; it loads nothing, so that opening it tells nobody.
 */
export function letter(brand: string, title: string, blocks: readonly Block[], language: Language): Message {
  const name = inOneLine(brand);
  const subject = `【${name}】${title}`;
  const footer = words[language].sentBy(name);
  const page = html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${subject}</title></head>
<body style="margin:0;padding:0">
<div style="max-width:720px;margin:0 auto;padding:24px;box-sizing:border-box;font:15px/1.5 system-ui,'Segoe UI',Helvetica,Arial,sans-serif">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3;overflow-wrap:anywhere">${title}</h1>
${blocks.map((block) => html`${block.html}\n`)}<p style="margin:24px 0 0;font-size:13px">${footer}</p>
</div>
</body>
</html>
`;
  return {
    subject,
    text: [...blocks.map(({ text }) => text), `-- \n${footer}`, ''].join('\n\n'),
    html: page.toString(),
  };
}

function lines(text: string): string[] {
  return text
    .replaceAll(/\p{Cs}/gu, '\uFFFD')
    .replaceAll(/[\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' '));
}

function broken(value: readonly string[]): SafeHtml[] {
  return value.map((line, at) => (at === 0 ? html`${line}` : html`<br>${line}`));
}
