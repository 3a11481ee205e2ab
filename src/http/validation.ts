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
  const { keyword, params, parentSchema, message = 'is not valid' } = error;
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
    default:
      return {
        en: `It ${message}.${right}`,
        'zh-TW': chinese[keyword]?.(String(params['limit'] ?? params['format'])) ?? '不符合規則。',
      };
  }
}

/** What Ajv says in English only, by keyword, about the limit that is broken. */
const chinese: Readonly<Record<string, (limit: string) => string>> = {
  minLength: (limit) => `至少需要 ${limit} 個字元。`,
  maxLength: (limit) => `最多 ${limit} 個字元。`,
  minimum: (limit) => `不能小於 ${limit}。`,
  maximum: (limit) => `不能大於 ${limit}。`,
  minItems: (limit) => `至少需要 ${limit} 項。`,
  maxItems: (limit) => `最多 ${limit} 項。`,
  minProperties: (limit) => `至少需要 ${limit} 個欄位。`,
  uniqueItems: () => '各項不能重複。',
  pattern: () => '格式不正確。',
  format: (name) => `不是正確的 ${name}。`,
};
