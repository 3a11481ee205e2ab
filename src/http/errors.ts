import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { KeygrantError, type Violation } from '../domain/errors.ts';
import type { Language, Words } from '../domain/languages.ts';
import { type ProblemCode, problems } from '../domain/problems.ts';
import { languageHeaders, languageOf } from './language.ts';
import { schemaViolations } from './validation.ts';

/** The HTTP status of every problem: the only place that knows. */
export const statuses = {
  unauthenticated: 401,
  'unknown-person': 403,
  'person-disabled': 403,
  'foreign-page': 403,
  'sign-in-unknown': 400,
  'sign-in-failed': 403,
  forbidden: 403,
  'not-found': 404,
  invalid: 422,
  'malformed-request': 400,
  'precondition-required': 428,
  'revision-changed': 412,
  'idempotency-key-reused': 422,
  'already-exists': 409,
  'payload-too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  'too-many-streams': 429,
  'too-many-webhooks': 409,
  'not-editable': 409,
  'not-pending': 409,
  'level-decided': 409,
  'stale-digest': 409,
  'own-application': 403,
  'already-decided': 409,
  'not-a-reviewer': 403,
  'comment-required': 422,
  'not-the-applicant': 403,
  'not-concerned': 403,
  'too-late': 409,
  'already-held': 409,
  'not-held': 409,
  'delegation-ended': 409,
  'key-ended': 409,
  'key-suspended': 409,
  'already-suspended': 409,
  'not-suspended': 409,
  'not-the-suspender': 403,
  'rotation-under-way': 409,
  'no-rotation': 409,
  'leak-reported': 409,
  'no-leak-reported': 409,
  'not-the-applicant-or-admin': 403,
  'not-yet-mailed': 409,
  'already-resent': 409,
  'resend-limit': 429,
  'address-pending': 409,
  'no-address-change': 409,
  'other-address': 409,
  'own-request': 403,
  'link-unknown': 404,
  'link-expired': 410,
  'link-superseded': 410,
  'already-revealed': 410,
  'level-without-reviewer': 422,
  'malformed-decision': 422,
  'forged-decision': 403,
  'malformed-act': 422,
  'forged-act': 403,
  'repeated-act': 409,
  'forged-submission': 403,
  'repeated-decision': 409,
  'unknown-signal': 422,
  'call-unauthorized': 401,
  'api-not-permitted': 403,
  'quota-used-up': 429,
  'upstream-unreachable': 502,
  'upstream-timeout': 504,
  'upstream-failed': 502,
  'mail-unavailable': 503,
  'workflow-unavailable': 503,
  unavailable: 503,
  timeout: 503,
  internal: 500,
} as const satisfies Record<ProblemCode, number>;

/** Fastify's own errors, and those of its plugins, by code. */
const fastifyCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_HANDLER_TIMEOUT: 'timeout',
  FST_ERR_NOT_FOUND: 'not-found',
};

/** Answers with the problem that an error stands for (RFC 9457). Only what is our fault is logged as an error. */
export function answerError(
  error: FastifyError | KeygrantError,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const known = translate(error);
  if (statuses[known.code] >= 500) request.log.error({ err: describe(error) }, known.code);
  else request.log.info({ problem: known.code, detail: known.message }, 'refused');
  return sendProblem(request, reply, known);
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, error: KeygrantError) {
  const { code, words, violations } = error;
  const language = languageOf(request);
  reply.headers(languageHeaders(language));
  if (code === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="keygrant"');
  if (code === 'call-unauthorized') reply.header('www-authenticate', 'DGRK realm="keygrant"');
  if (statuses[code] === 503) reply.header('retry-after', '5');
  return reply
    .code(statuses[code])
    .type('application/problem+json')
    .send({
      type: `/problems/${code}`,
      title: problems[code][language],
      status: statuses[code],
      detail: words[language],
      instance: request.url.split('?')[0],
      requestId: request.id,
      ...(violations.length > 0 ? { errors: inLanguage(violations, language) } : {}),
    });
}

/** Any error as the problem that it stands for. */
export function translate(error: FastifyError | KeygrantError): KeygrantError {
  if (error instanceof KeygrantError) return error;
  if (error.validation) return invalid(schemaViolations(error.validation, error.validationContext));
  const code = fastifyCodes[error.code];
  if (code) return new KeygrantError(code);
  if (error.statusCode === 429)
    return new KeygrantError('too-many-requests', ofLibrary('too-many-requests', error));
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new KeygrantError('malformed-request', ofLibrary('malformed-request', error));
  }
  return new KeygrantError(isOutage(error) ? 'unavailable' : 'internal');
}

/** One error with every broken rule in it. */
export function invalid(violations: readonly Violation[]): KeygrantError {
  const fields = [...new Set(violations.map(({ field }) => field))];
  const words = {
    en: `Please look at ${fields.map((field) => field || 'the request').join(', ')}.`,
    'zh-TW': `請檢查 ${fields.map((field) => field || '要求').join('、')}。`,
  };
  return new KeygrantError('invalid', words, violations);
}

/** Broken rules as an answer says them. */
export function inLanguage(violations: readonly Violation[], language: Language) {
  return violations.map(({ field, message }) => ({ field, message: message[language] }));
}

/** What a library says of an error it says in English only; in other languages its problem must do. */
function ofLibrary(code: ProblemCode, { message }: Error): Words {
  return { ...problems[code], en: message };
}

/**
 * PostgreSQL out of reach (connection refused or cut, shutting down, starting up), or a statement that it gave up since it would
 * have had to wait too long for others: a lock, a timeout, a circle of locks. Asked again, it may answer.
 */
function isOutage(error: Error): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (
      /^(?:ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|CONNECT_TIMEOUT|CONNECTION_|57P0|57014|55P03|40P01|53300|08)/.test(
        code,
      )
    )
      return true;
  }
  return false;
}

/** What the log may know of an unexpected error: PostgreSQL's messages can quote the data of a statement. */
export function describe(error: Error): Record<string, unknown> {
  const codes = [];
  let deepest: Error = error;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause) codes.push(String(cause.code));
    deepest = cause;
  }
  const quotesData = error.message.startsWith('Failed query');
  return {
    message: quotesData ? deepest.message : error.message,
    codes,
    stack: quotesData ? undefined : error.stack,
  };
}
