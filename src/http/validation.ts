import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import { isCalendarDate } from '../domain/dates.ts';
import type { Violation } from '../domain/errors.ts';

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

function messageOf(error: ErrorObject): string {
  const { keyword, params, parentSchema } = error;
  const right =
    typeof parentSchema?.['description'] === 'string'
      ? ` Right would be: ${parentSchema['description']}`
      : '';
  switch (keyword) {
    case 'required':
      return 'It is missing.';
    case 'additionalProperties':
      return 'There is no field of this name here.';
    case 'type':
      return `It must be of type ${String(params['type']).replaceAll(',', ' or ')}.${right}`;
    case 'enum':
      return `It must be one of ${(params['allowedValues'] as unknown[]).join(', ')}.`;
    case 'const':
      return `It must be ${String(params['allowedValue'])}.`;
    case 'anyOf':
      return `It fits none of the forms that are allowed here.${right}`;
    default:
      return `It ${error.message ?? 'is not valid'}.${right}`;
  }
}
