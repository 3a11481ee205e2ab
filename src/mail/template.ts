import mustache from 'mustache';
import type { Violation } from '../domain/errors.ts';
import type { Words } from '../domain/languages.ts';
import type { MailKind } from '../domain/mails.ts';
import type { Block } from './layout.ts';
import { factsTable, heading, inOneLine, inSubject, link, paragraph, quote, verbatim } from './layout.ts';
import { placeholdersOf } from './placeholders.ts';

/** Subject and body of one kind of mail in one language, in Mustache; the body's paragraphs are a part of Markdown. */
export interface Template {
  subject: string;
  body: string;
}

/** A token of Mustache's parser: its type, its name or text, and what is inside a section. */
type Token = readonly [type: string, name: string, start: number, end: number, inside?: readonly Token[]];

/** Tags that Mustache has and a mail has no use for. */
const refused: Readonly<Record<string, Words>> = {
  '>': { en: 'Partials are not known here.', 'zh-TW': '這裡不能使用 partial。' },
  '=': { en: 'Other delimiters are not known here.', 'zh-TW': '這裡不能使用其他分隔符號。' },
  '&': {
    en: 'Values are never left unescaped: write {{name}}.',
    'zh-TW': '值一律會跳脫處理：請寫成 {{name}}。',
  },
};

/**
 * What is wrong with a template, all at once: a broken tag, a name that this kind of mail does not know, one that must be
 * there and is not, or one that stands where it may not.
 */
export function violationsIn(kind: MailKind, template: Template): Violation[] {
  const known = placeholdersOf(kind);
  const names = Object.keys(known).join(', ');
  const violations: Violation[] = [];
  for (const field of ['subject', 'body'] as const) {
    const say = (message: Words) => violations.push({ field, message });
    const tokens = parse(template[field]);
    if (typeof tokens === 'string') {
      // Mustache speaks English.
      say({ en: tokens, 'zh-TW': `無法解析的標籤：${tokens}` });
      continue;
    }
    for (const [type, name] of all(tokens)) {
      if (type === 'text' || type === '!') continue;
      const placeholder = Object.hasOwn(known, name) ? known[name] : undefined;
      if (refused[type]) say(refused[type]);
      else if (!placeholder)
        say({
          en: `{{${name}}} is not known in this kind of mail. Known are: ${names}.`,
          'zh-TW': `這種郵件沒有 {{${name}}}。可以使用：${names}。`,
        });
      else if (field === 'subject' && placeholder.in)
        say({ en: `{{${name}}} belongs into the body.`, 'zh-TW': `{{${name}}} 只能放在內文。` });
    }
    // At the top level, since a section may be left out.
    const always = tokens.filter(([type]) => type === 'name').map(([, name]) => name);
    for (const [name, { required }] of Object.entries(field === 'body' ? known : {})) {
      if (required && !always.includes(name))
        say({
          en: `{{${name}}} must stand in it, outside any section: ${known[name]?.meaning}.`,
          'zh-TW': `內文必須有 {{${name}}}，而且不在任何區段之內。`,
        });
    }
  }
  for (const [name, placeholder] of Object.entries(known)) {
    const elsewhere = template.body.split(/\r?\n/).filter((line) => line.trim() !== `{{${name}}}`);
    if (placeholder.in === 'line' && elsewhere.some((line) => line.includes(`{{${name}}}`)))
      violations.push({
        field: 'body',
        message: {
          en: `{{${name}}} must stand on a line of its own.`,
          'zh-TW': `{{${name}}} 必須單獨一行。`,
        },
      });
  }
  if (template.body.split(/\r?\n/).filter((line) => line.startsWith(fence)).length % 2 === 1)
    violations.push({
      field: 'body',
      message: {
        en: `A block between ${fence} and ${fence} is not closed.`,
        'zh-TW': `${fence} 與 ${fence} 之間的區塊沒有結束。`,
      },
    });
  return violations;
}

/** Fills in a subject: one line, in which no value is a long one. */
export function subjectOf({ subject }: Template, values: Readonly<Record<string, string>>): string {
  const { markup, fill } = marked(subject, values);
  return inOneLine(fill(markup, inSubject));
}

/**
 * Fills in a body. Its blocks are found before its values are put in, so that no value, whatever it holds, can begin a
 * block, end one, or pass for one; what a value may do within its block is the block's own business.
 * @param table what stands for {{application}}
 */
export function blocksOf(
  { body }: Template,
  values: Readonly<Record<string, string>>,
  table: ReturnType<typeof factsTable>,
): Block[] {
  const { markup, fill } = marked(body, values, { application: tableMark });
  const said = (text: string, how: (filled: string) => Block) => {
    const filled = fill(text);
    return filled.trim() === '' ? [] : [how(filled)];
  };
  return groupsOf(markup.split(/\r?\n/)).flatMap(({ form, lines }): Block[] => {
    const text = lines.join('\n');
    switch (form) {
      case 'verbatim':
        return [verbatim(fill(text, inOneLine))];
      case 'heading':
        return said(text, heading);
      case 'quote':
        return said(text, quote);
      case 'link': {
        const [, label = '', address = ''] = linkForm.exec(text) ?? [];
        return said(address, (filled) => link(inOneLine(fill(label)), filled));
      }
      case 'paragraph':
        return text.trim() === tableMark ? [table] : said(text, paragraph);
    }
  });
}

const fence = '```';
const linkForm = /^\[([^\]]*)\]\((.*)\)$/;

type Form = 'paragraph' | 'heading' | 'quote' | 'link' | 'verbatim';

/** Lines that belong together, by the marks at their beginning. */
function groupsOf(lines: readonly string[]): { form: Form; lines: string[] }[] {
  const groups: { form: Form; lines: string[] }[] = [];
  let fenced: string[] | undefined;
  let open: Form | undefined;
  for (const line of lines) {
    if (line.startsWith(fence)) {
      if (fenced) groups.push({ form: 'verbatim', lines: fenced });
      fenced = fenced ? undefined : [];
      open = undefined;
    } else if (fenced) {
      fenced.push(line);
    } else {
      const [form, content] = formOf(line);
      if (form === 'heading' || form === 'link' || form !== open) groups.push({ form, lines: [] });
      open = content.trim() === '' && form === 'paragraph' ? undefined : form;
      groups.at(-1)?.lines.push(content);
    }
  }
  return groups;
}

function formOf(line: string): [form: Form, content: string] {
  if (line.startsWith('## ')) return ['heading', line.slice(3)];
  if (line.startsWith('>')) return ['quote', line.replace(/^> ?/, '')];
  return [linkForm.test(line.trim()) ? 'link' : 'paragraph', line.trim()];
}

// Templates hold no control characters, so these cannot be confused with anything in them.
const [open, close, tableMark] = ['\u0001', '\u0002', '\u0003'];
const valueMark = new RegExp(`${open}(\\d+)${close}`, 'g');

/** Mustache's work, with a mark in the place of every value, and what puts the values in place of the marks. */
function marked(text: string, values: Readonly<Record<string, string>>, marks: Record<string, string> = {}) {
  const entries = Object.entries(values);
  const view = Object.fromEntries([
    ...entries.map(([name, value], at) => [name, value === '' ? '' : `${open}${at}${close}`]),
    ...Object.entries(marks),
  ]);
  // A writer of its own, since the shared one keeps every template that it has ever seen.
  const markup = new mustache.Writer().render(text, view, undefined, { escape: String });
  const fill = (part: string, how: (value: string) => string = String) =>
    part.replaceAll(valueMark, (_, at: string) => how(entries[Number(at)]?.[1] ?? ''));
  return { markup, fill };
}

/** The tokens of a template, or what is wrong with it. */
function parse(text: string): readonly Token[] | string {
  try {
    return new mustache.Writer().parse(text);
  } catch (error) {
    return `${(error as Error).message}.`;
  }
}

function all(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    const inside = token[4];
    return Array.isArray(inside) ? [token, ...all(inside as Token[])] : [token];
  });
}
