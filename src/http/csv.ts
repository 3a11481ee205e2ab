/** What a spreadsheet may take for the beginning of a formula, also in its full-width, small and raised forms. */
const formula = String.raw`[=+\-@\u2212\uFF1D\uFF0B\uFF0D\uFF20\uFE62\uFE63\uFE66\uFE6B\u207A-\u207C\u208A-\u208C]`;
/** White space and characters that do not show: some programs skip them, some begin a new cell at tabs and line ends. */
const unseen = String.raw`[\p{C}\p{Z}\s]`;

const atStart = new RegExp(`^(?=${unseen}|${formula})`, 'u');
const afterSeparator = new RegExp(String.raw`([;,|\t\r\n]${unseen}*)(?=${formula})`, 'gu');

/** Tells Excel that a file is UTF-8. */
export const byteOrderMark = '\uFEFF';

/**
 * One record of a CSV file (RFC 4180), every cell quoted. No spreadsheet may take for a formula what a stranger wrote
 * (OWASP, CSV Injection): an apostrophe, which makes a cell text, is put before whatever begins like one, at the start of a
 * cell, and inside it after what a program set to other separators would take for its end.
 */
export function csvRecord(cells: readonly (string | number | null)[]): string {
  const quoted = cells.map((cell) => {
    const text = String(cell ?? '')
      .replace(atStart, "'")
      .replaceAll(afterSeparator, "$1'");
    return `"${text.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(',')}\r\n`;
}
