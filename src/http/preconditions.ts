import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { KeygrantError } from '../domain/errors.ts';

/** The headers that the functions here read, for the schema of a route that calls them; these check their form. */
export const preconditions = {
  required: { 'if-match': Type.Optional(Type.String({ description: 'the ETag as you read it; needed' })) },
  possible: { 'if-match': Type.Optional(Type.String({ description: 'the ETag as you read it' })) },
  retry: {
    'idempotency-key': Type.Optional(
      Type.String({ description: 'the same for every retry, such as a UUID' }),
    ),
  },
};

/** The ETag of a revision (RFC 9110, 8.8.3). */
export function etag(revision: number): string {
  return `"${revision}"`;
}

/** The revision that a change was made from, by If-Match; a change without one would overwrite what others did. */
export function requiredRevision(request: FastifyRequest): number {
  const revision = namedRevision(request);
  if (revision === undefined) {
    throw new KeygrantError('precondition-required', {
      en: 'Send the ETag that you read in the header If-Match, such as "3".',
      'zh-TW': '請以 If-Match 標頭送出您讀到的 ETag，例如 "3"。',
    });
  }
  return revision;
}

/** The same where naming one is up to the caller. */
export function namedRevision(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined) return undefined;
  const match = /^"(\d{1,9})"$/.exec(header);
  if (!match)
    throw new KeygrantError('malformed-request', {
      en: 'If-Match must be one ETag as this service gave it, such as "3".',
      'zh-TW': 'If-Match 必須是本服務所提供的一個 ETag，例如 "3"。',
    });
  return Number(match[1]);
}

/** The Idempotency-Key of a request (draft-ietf-httpapi-idempotency-key-header), undefined where there is none. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !/^[!-~]{1,255}$/.test(header)) {
    throw new KeygrantError('malformed-request', {
      en: 'Idempotency-Key must be 1 to 255 visible ASCII characters, such as a UUID.',
      'zh-TW': 'Idempotency-Key 必須是 1 到 255 個可見的 ASCII 字元，例如 UUID。',
    });
  }
  return header;
}
