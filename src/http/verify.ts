import { type Static, Type } from 'typebox';
import type { Violation } from '../domain/errors.ts';
import { anyText } from '../domain/text.ts';
import { refusals } from '../gateway/verdict.ts';
import type { Call, CallVerifier } from '../gateway/verify.ts';
import type { App, Context } from './context.ts';
import { invalid } from './errors.ts';
import { named, nullable, problemResponses, Reference } from './schemas.ts';
import { validatorCompiler } from './validation.ts';
import { onlyVerifiers } from './verifiers.ts';
import { type Answers, openVerifyLane } from './verify-lane.ts';

/** Bodies of signed calls: a megabyte, as text or as base64, which is longer by a third. */
const maxBody = 1024 * 1024;
const maxBase64 = Math.ceil(maxBody / 3) * 4;

const headerField = () =>
  Type.Optional(Type.String({ pattern: String.raw`^[\t -~\xa0-\xff]*$`, maxLength: 8000 }));

const Question = named(
  'SignedCall',
  {
    method: Type.String({ pattern: '^[A-Za-z-]+$', maxLength: 32, description: 'a method, such as GET' }),
    target: Type.String({
      pattern: '^/[!-~]*$',
      maxLength: 8000,
      description: 'path and query as they stand in the request, such as /orders?page=2',
    }),
    headers: Type.Object(
      {
        authorization: headerField(),
        'signature-input': headerField(),
        signature: headerField(),
        'content-digest': headerField(),
      },
      {
        additionalProperties: false,
        description:
          'as they came: Authorization of a DGRK call, the others of a message signature (RFC 9421)',
      },
    ),
    body: Type.Optional(
      Type.String({
        // Half a character has no bytes, so nobody can have signed them.
        pattern: anyText,
        maxLength: maxBody,
        description: 'any text',
      }),
    ),
    bodyBase64: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9+/]*={0,2}$',
        maxLength: maxBase64,
        description: 'the bytes of the body in base64, instead of body',
      }),
    ),
  },
  { additionalProperties: false },
);

const VerdictView = named('Verdict', {
  valid: Type.Boolean(),
  reason: nullable(
    Type.Enum(Object.keys(refusals), {
      description: Object.entries(refusals)
        .map(([reason, meaning]) => `${reason}: ${meaning.en}`)
        .join(' '),
    }),
  ),
  key: nullable(Reference),
  client: nullable(Reference),
  quota: nullable(
    Type.Object({ limit: Type.Integer({ description: '-1 for unlimited' }), used: Type.Integer() }),
  ),
});

/** Signed calls, checked for a gateway that asks with a token of its own. */
export function verifyRoutes(app: App, context: Context, calls: CallVerifier, answers: Answers): void {
  const { metrics } = context;
  const isVerifier = onlyVerifiers(app, context);
  app.post(
    '/v1/verify',
    {
      // As text a body is longest: a control character takes six in JSON.
      bodyLimit: 6 * maxBody + 64 * 1024,
      // A gateway asks as often as it is called.
      config: { rateLimit: false, frequent: true },
      schema: {
        operationId: 'verifyCall',
        tags: ['Signed calls'],
        summary: 'Whether a signed call may pass; one that may counts against its quota',
        body: Question,
        response: { 200: VerdictView, ...problemResponses },
      },
    },
    async (request, reply) => {
      const violations = bodyViolations(request.body);
      if (violations.length > 0) throw invalid(violations);
      const { verdict, cause, keyId } = await calls.verify(callOf(request.body));
      metrics?.verified(verdict.reason);
      if (cause) request.log.info({ cause, key: keyId }, 'call refused');
      return reply.send(verdict);
    },
  );
  if (!context.tracing) openVerifyLane(app, context, { ...answers, isVerifier, read, calls });
}

const isQuestion = validatorCompiler({ schema: Question, httpPart: 'body' } as Parameters<
  typeof validatorCompiler
>[0]);

/** The call that a body asks about; undefined where the body is no question. */
function read(body: unknown): Call | undefined {
  if (!isQuestion(body)) return undefined;
  const question = body as Static<typeof Question>;
  return bodyViolations(question).length > 0 ? undefined : callOf(question);
}

function callOf({ method, target, headers, body = '', bodyBase64 }: Static<typeof Question>): Call {
  return {
    method,
    target,
    fields: headers,
    body: bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64'),
    now: new Date(),
  };
}

/** What a schema cannot say of the two forms of a body. */
function bodyViolations({ body, bodyBase64 }: Static<typeof Question>): Violation[] {
  if (bodyBase64 === undefined) return [];
  if (body !== undefined)
    return [
      {
        field: 'bodyBase64',
        message: { en: 'Send it or body, not both.', 'zh-TW': '這一項與 body 只能擇一。' },
      },
    ];
  if (bodyBase64.length % 4 === 0) return [];
  return [
    {
      field: 'bodyBase64',
      message: {
        en: 'It is not base64: its length is no multiple of four.',
        'zh-TW': '不是 base64：長度不是 4 的倍數。',
      },
    },
  ];
}
