import { anyText } from '../../src/domain/text.ts';

/** As much of JSON Schema as the API's document uses. */
export interface Schema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  default?: unknown;
}

/** A wrong value as JSON text, since some are not JavaScript values, and where in the body it goes. */
export interface Wrong {
  path: (string | number)[];
  json: string;
}

const samples: Record<string, string[]> = {
  string: ['"text"', '""'],
  number: ['1.5', '1e400', '-1e-7', '123456789012345678901234567890'],
  boolean: ['true', 'false'],
  array: ['[]', '[[]]'],
  object: ['{}', '{"toString":1}'],
  null: ['null'],
};

/** What takes any text but half characters: the body of somebody's call. */

/** Texts that no other field takes: controls, NUL, direction overrides, line separators, half characters. */
export const unsafeTexts = [
  '\u0007',
  '\u0000',
  '\u001b[31m',
  '\u202e',
  '\u2028',
  '\u2066',
  '\ud800',
  '\udc00x',
];

const malformed: Record<string, string[]> = {
  date: [
    '2026-02-30',
    '2026-13-01',
    '2026-1-1',
    '0000-01-01',
    '1969-12-31',
    '+002026-01-01',
    'tomorrow',
    ' 2026-01-01',
  ],
  email: ['nobody', 'a@b@c.de', 'a@example.com\r\nBcc: b@example.com', 'a @example.com', '<a@example.com>'],
  uri: ['javascript:alert(1)', 'https://', '//example.com', 'https://exa mple.com', 'file:///etc/passwd'],
};

/** Wrong values for a schema: for itself and, in arrays and objects, for everything inside. */
export function wrongValues(schema: Schema, path: Wrong['path'] = []): Wrong[] {
  const branches = schema.anyOf ?? [schema];
  const types = new Set(
    branches.map(({ type, enum: values, const: value }) => type ?? typeof (value ?? values?.[0])),
  );
  const ofOtherTypes = Object.entries(samples)
    .filter(([type]) => !types.has(type))
    .flatMap(([, values]) => values);
  const own = branches.flatMap((branch) => wrongFor(branch));
  const optional = (branch: Schema, name: string) => branch.properties?.[name]?.default !== undefined;
  const inside = branches.flatMap((branch) => [
    ...(branch.items ? wrongValues(branch.items, [...path, 0]) : []),
    ...Object.entries(branch.properties ?? {}).flatMap(([name, member]) =>
      wrongValues(member, [...path, name]),
    ),
    ...(branch.properties ? [{ path: [...path, 'noSuchField'], json: '1' }] : []),
    ...(branch.required ?? [])
      .filter((name) => !optional(branch, name))
      .map((name) => ({ path: [...path, name], json: '' })),
  ]);
  return [...[...ofOtherTypes, ...own].map((json) => ({ path, json })), ...inside];
}

function wrongFor(schema: Schema): string[] {
  const { type, enum: values, format, pattern, maxLength, minLength, minimum, maximum } = schema;
  const quoted = (texts: string[]) => texts.map((text) => JSON.stringify(text));
  if (values) return quoted(['no-such-value', String(values[0]).toUpperCase() + ' ']);
  if (type === 'string') {
    return quoted([
      ...unsafeTexts
        .filter((text) => pattern !== anyText || !new RegExp(anyText, 'u').test(text))
        .map((text) => `a${text}b`),
      ...(maxLength === undefined ? [] : ['a'.repeat(maxLength + 1)]),
      ...(minLength ? ['', ' '] : []),
      ...(format ? (malformed[format] ?? []) : []),
      ...(pattern?.startsWith('^[a-z0-9]+') ? ['UPPER', '-a', 'a--b', 'a_b', 'ä', '../a', 'a\n'] : []),
      ...(pattern?.startsWith('^[0-9a-f]{64}') ? ['a'.repeat(63), 'a'.repeat(65), 'A'.repeat(64)] : []),
    ]);
  }
  if (type === 'integer') {
    return [
      ...(minimum === undefined ? [] : [String(minimum - 1), '-2', '0.5']),
      ...(maximum === undefined ? [] : [String(maximum + 1)]),
    ];
  }
  if (type === 'array') {
    const item = schema.items?.format === 'email' ? 'a@b.example' : 'a';
    const items = (count: number) => JSON.stringify(Array.from({ length: count }, (_, at) => `${at}${item}`));
    return [
      ...(schema.maxItems === undefined ? [] : [items(schema.maxItems + 1)]),
      ...(schema.minItems ? ['[]'] : []),
      ...(schema.uniqueItems ? [JSON.stringify([item, item])] : []),
    ];
  }
  return [];
}

/** A body as JSON text with a wrong value in its place; without text the field is left out. */
export function withWrong(body: unknown, { path, json }: Wrong): string {
  if (path.length === 0) return json;
  const copy = structuredClone(body) as Record<string | number, unknown>;
  let at = copy;
  for (const step of path.slice(0, -1)) at = at[step] as typeof copy;
  const last = path.at(-1) ?? '';
  if (json === '') delete at[last];
  else at[last] = '<wrong>';
  return JSON.stringify(copy).replace('"<wrong>"', () => json);
}

/** Query strings that give one parameter a wrong value, or two values. */
export function wrongQueries({
  name,
  schema,
}: {
  name: string;
  schema: Schema;
}): { name: string; query: string }[] {
  const { type, maxLength = 255, maximum = 0, enum: values } = schema;
  const texts =
    type === 'integer'
      ? ['', 'a', '1.5', '0', '-1', `${maximum + 1}`, '99999999999999999999', '1 or 1=1', '\u0000']
      : [...unsafeTexts.slice(0, 6).map((text) => `a${text}b`), 'a'.repeat(maxLength + 1)];
  if (values) texts.push('no-such-value', '');
  const queries = texts.map((text) => `${name}=${encodeURIComponent(text)}`);
  return [...queries, `${name}=1&${name}=2`].map((query) => ({ name, query }));
}
