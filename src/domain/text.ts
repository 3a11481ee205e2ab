/**
 * What text from people may hold. Control characters could break a mail header or a log line; bidirectional overrides
 * (Unicode TR 36, section 3) and line separators can make text read as what it is not; a lone surrogate is not text.
 * Written without the classes of Unicode and without looking ahead, so that tools in other languages read it from the
 * OpenAPI document.
 */
const surrogates = String.raw`\uD800-\uDFFF`;
const controls = String.raw`\u0000-\u001F\u007F-\u009F`;
const unsafe = String.raw`${surrogates}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF`;
const spaces = String.raw`[ \u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]`;

/** A pattern for any text; half a character is none. */
export const anyText = String.raw`^[^${surrogates}]*$`;

/** A pattern (JSON Schema, flag `u`) for text on one line that is not only white space. */
export const oneLine = String.raw`^${spaces}*[^\s${controls}${unsafe}][^${controls}${unsafe}]*$`;
/** A pattern for what people search for: on one line, empty if they like. */
export const searched = String.raw`^[^${controls}${unsafe}]*$`;
/** The same with line breaks and tabs allowed. */
export const manyLines = String.raw`^(?:[^${controls}${unsafe}]|[\n\r\t])*$`;

const oneLineExpression = new RegExp(oneLine, 'u');
const manyLinesExpression = new RegExp(manyLines, 'u');

/** Lengths of texts, see {@link lengthOf}; name and description as digiRunner's own form has them. */
export const limits = { name: 255, description: 500, comment: 2000 } as const;

/** The length of a text in Unicode characters, as JSON Schema counts them: an emoji is one. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Whether `text` is safe to show in a subject line: one line, no control characters, not blank. */
export function isOneLine(text: string): boolean {
  return oneLineExpression.test(text);
}

/** Whether `text` is safe to show as a paragraph. */
export function isParagraph(text: string): boolean {
  return manyLinesExpression.test(text);
}
