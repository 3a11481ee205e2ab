import { Type } from 'typebox';
import { KeygrantError, type Violation } from '../domain/errors.ts';
import { mayVerify } from '../domain/people.ts';
import { anyText } from '../domain/text.ts';
import { refusals } from '../gateway/verdict.ts';
import type { VerifyCall } from '../gateway/verify.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { invalid } from './errors.ts';
import { named, nullable, problemResponses, Reference } from './schemas.ts';

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
        .map(([reason, meaning]) => `${reason}: ${meaning}`)
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
export function verifyRoutes(app: App, { metrics }: Context, verifyCall: VerifyCall): void {
  app.post(
    '/v1/verify',
    {
      // As text a body is longest: a control character takes six in JSON.
      bodyLimit: 6 * maxBody + 64 * 1024,
      schema: {
        operationId: 'verifyCall',
        tags: ['Signed calls'],
        summary: 'Whether a signed call may pass; one that may counts against its quota',
        body: Question,
        response: { 200: VerdictView, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { person } = callerOf(request);
      if (!mayVerify(person)) throw new KeygrantError('forbidden', 'This needs the role gateway or admin.');
      const { method, target, headers, body = '', bodyBase64 } = request.body;
      const violations = bodyViolations(request.body);
      if (violations.length > 0) throw invalid(violations);
      const { verdict, cause, keyId } = await verifyCall({
        method,
        target,
        fields: headers,
        body: bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64'),
        now: new Date(),
      });
      metrics?.verified(verdict.reason);
      if (cause) request.log.info({ cause, key: keyId }, 'call refused');
      return reply.send(verdict);
    },
  );
}

/** What a schema cannot say of the two forms of a body. */
function bodyViolations({ body, bodyBase64 }: { body?: string; bodyBase64?: string }): Violation[] {
  if (bodyBase64 === undefined) return [];
  if (body !== undefined) return [{ field: 'bodyBase64', message: 'Send it or body, not both.' }];
  if (bodyBase64.length % 4 === 0) return [];
  return [{ field: 'bodyBase64', message: 'It is not base64: its length is no multiple of four.' }];
}
