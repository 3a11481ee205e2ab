import { KeygrantError } from '../domain/errors.ts';

/** Where a page ended: the values that the list is ordered by. Opaque to callers, so that the order can change. */
export function cursorOf(...values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

const isMoment = (value: string) => /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(value) && Date.parse(value) >= 0;

/** What cursors hold, as narrow as we make it: PostgreSQL takes neither every text nor every date. */
const fits = {
  text: (value: string) => /^[!-~]{1,255}$/.test(value),
  moment: isMoment,
  /** A moment, or after all of them. */
  due: (value: string) => value === 'infinity' || isMoment(value),
  number: (value: string) => /^\d{1,15}$/.test(value),
} as const;

/** Reads a cursor whose values have the given forms; undefined where none was sent. */
export function readCursor(
  cursor: string | undefined,
  forms: readonly (keyof typeof fits)[],
): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const fit = (value: unknown, at: number) => typeof value === 'string' && fits[forms[at] ?? 'text'](value);
    if (Array.isArray(values) && values.length === forms.length && values.every(fit))
      return values as string[];
  } catch {
    // falls through: not JSON is as wrong as the wrong JSON
  }
  throw new KeygrantError(
    'invalid',
    { en: 'The cursor is not one that this service gave.', 'zh-TW': '這個游標不是本服務所提供的。' },
    [
      {
        field: 'cursor',
        message: {
          en: 'Use the `next` of the page before, unchanged.',
          'zh-TW': '請原樣使用上一頁的 `next`。',
        },
      },
    ],
  );
}

/** Cuts a list that was read one row too long into a page. */
export function toPage<T>(rows: readonly T[], limit: number, cursor: (last: T) => string) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursor(last) : null };
}
