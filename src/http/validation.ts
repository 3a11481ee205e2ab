import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import { isCalendarDate } from '../domain/dates.ts';
import type { Violation } from '../domain/errors.ts';
import type { Words } from '../domain/languages.ts';

const common = { allErrors: true, verbose: true, removeAdditional: false, useDefaults: true } as const;
/** Bodies are typed already: "5" is not 5, and a field that is not known is a mistake that its sender wants to hear of. */
const strict = new Ajv({ ...common, coerceTypes: false });
/** In a URL everything is text. */
const coercing = new Ajv({ ...common, coerceTypes: 'array' });
for (const ajv of [strict, coercing]) {
  formats.default(ajv, ['date-time', 'email', 'uri']);
  // Our own rule: the library's lets the year 0 through, which no calendar and no database knows.
  ajv.addFormat('date', isCalendarDate);
}

/** Compiles a route's schemas with Ajv, reporting all errors at once. */
export const validatorCompiler: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? strict : coercing).compile(schema);

/** Ajv's errors as our own: which field, what is wrong, what would be right. */
export function schemaViolations(
  errors: readonly FastifySchemaValidationError[],
  part: string | undefined,
): Violation[] {
  const seen = new Map<string, Violation>();
  for (const error of errors as readonly ErrorObject[]) {
    const violation = { field: fieldOf(error, part), message: messageOf(error) };
    // A union reports each of its branches and then itself; one line per field is enough.
    if (!seen.has(violation.field) || error.keyword === 'type') seen.set(violation.field, violation);
  }
  return [...seen.values()];
}

function fieldOf({ instancePath, keyword, params }: ErrorObject, part: string | undefined): string {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (keyword === 'required') path.push(String(params['missingProperty']));
  if (keyword === 'additionalProperties') path.push(String(params['additionalProperty']));
  return path.join('.') || (part ?? '');
}

function messageOf(error: ErrorObject): Words {
  const { keyword, params, parentSchema } = error;
  const right =
    typeof parentSchema?.['description'] === 'string'
      ? ` Right would be: ${parentSchema['description']}`
      : '';
  switch (keyword) {
    case 'required':
      return { en: 'It is missing.', 'zh-TW': '缺少這一項。' };
    case 'additionalProperties':
      return { en: 'There is no field of this name here.', 'zh-TW': '這裡沒有這個名稱的欄位。' };
    case 'type': {
      const types = String(params['type']);
      return {
        en: `It must be of type ${types.replaceAll(',', ' or ')}.${right}`,
        'zh-TW': `類型必須是 ${types.replaceAll(',', ' 或 ')}。`,
      };
    }
    case 'enum': {
      const allowed = params['allowedValues'] as unknown[];
      return {
        en: `It must be one of ${allowed.join(', ')}.`,
        'zh-TW': `必須是下列之一：${allowed.join('、')}。`,
      };
    }
    case 'const': {
      const allowed = String(params['allowedValue']);
      return { en: `It must be ${allowed}.`, 'zh-TW': `必須是 ${allowed}。` };
    }
    case 'anyOf':
      return {
        en: `It fits none of the forms that are allowed here.${right}`,
        'zh-TW': '不符合這裡所允許的任何形式。',
      };
    case 'format':
      return (
        formatWords[String(params['format'])] ?? { en: `It is not valid.${right}`, 'zh-TW': '格式不正確。' }
      );
    case 'uniqueItems':
      return { en: 'No item may be there twice.', 'zh-TW': '各項不能重複。' };
    default: {
      const limit = Number(params['limit']);
      const words = limitWords[keyword]?.(limit, limit === 1 ? '' : 's');
      return words
        ? { ...words, en: words.en + right }
        : { en: `It does not fit.${right}`, 'zh-TW': '格式不正確。' };
    }
  }
}

/** By the format that is missed. */
const formatWords: Readonly<Record<string, Words>> = {
  email: {
    en: 'It must be an e-mail address, such as ops@example.com.',
    'zh-TW': '必須是電子郵件地址，例如 ops@example.com。',
  },
  date: {
    en: 'It must be a date of the calendar, such as 2027-01-31.',
    'zh-TW': '必須是日曆上的日期，例如 2027-01-31。',
  },
  'date-time': {
    en: 'It must be a moment with its offset, such as 2027-01-31T09:00:00Z.',
    'zh-TW': '必須是含時區的時間，例如 2027-01-31T09:00:00Z。',
  },
  uri: {
    en: 'It must be a whole address, such as https://example.com/path.',
    'zh-TW': '必須是完整的網址，例如 https://example.com/path。',
  },
};

/** By the keyword of the limit that is broken. */
const limitWords: Readonly<Record<string, (limit: number, plural: string) => Words>> = {
  minLength: (limit, s) => ({
    en: `It must have at least ${limit} character${s}.`,
    'zh-TW': `至少需要 ${limit} 個字元。`,
  }),
  maxLength: (limit, s) => ({
    en: `It must have at most ${limit} character${s}.`,
    'zh-TW': `最多 ${limit} 個字元。`,
  }),
  minimum: (limit) => ({ en: `It must be ${limit} or more.`, 'zh-TW': `不能小於 ${limit}。` }),
  maximum: (limit) => ({ en: `It must be ${limit} or less.`, 'zh-TW': `不能大於 ${limit}。` }),
  minItems: (limit, s) => ({
    en: `It must have at least ${limit} item${s}.`,
    'zh-TW': `至少需要 ${limit} 項。`,
  }),
  maxItems: (limit, s) => ({ en: `It must have at most ${limit} item${s}.`, 'zh-TW': `最多 ${limit} 項。` }),
  minProperties: (limit, s) => ({
    en: `It must have at least ${limit} field${s}.`,
    'zh-TW': `至少需要 ${limit} 個欄位。`,
  }),
};
