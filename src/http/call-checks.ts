import type { FastifyRequest } from 'fastify';
import { KeygrantError } from '../domain/errors.ts';
import type { ProblemCode } from '../domain/problems.ts';
import type { CredentialFields } from '../gateway/credentials.ts';
import { createCallRecords } from '../gateway/records.ts';
import type { Refusal } from '../gateway/verdict.ts';
import { type Call, type CallVerifier, createVerifier, type Finding } from '../gateway/verify.ts';
import type { App, Context } from './context.ts';
import { describe } from './errors.ts';

/** The check of signed calls for an app; what it has seen is written when the app closes, too. */
export function callChecks(app: App, { db, config, changes }: Context): CallVerifier {
  const { masterKeys, timeZone, cachedKeys, keyLife } = config;
  const records = createCallRecords(db, { timeZone, quotaWarnings: keyLife.quotaWarnings }, (error) =>
    app.log.warn({ err: describe(error as Error) }, 'uses and refusals of keys are not written yet'),
  );
  app.addHook('onClose', () => records.close());
  return createVerifier({
    db,
    masterKeys,
    changes,
    cachedKeys,
    timeZone,
    record: (finding, now) => records.record(finding, now),
  });
}

const codes: Partial<Record<Refusal, ProblemCode>> = {
  'api-not-permitted': 'api-not-permitted',
  'quota-used-up': 'quota-used-up',
};

/**
 * Checks a call where a yes or no is wanted.
 * @throws KeygrantError for a no
 */
export async function requireValid(
  { metrics }: Context,
  calls: CallVerifier,
  request: FastifyRequest,
  call: Pick<Call, 'method' | 'target' | 'body'>,
): Promise<Finding> {
  const finding = await calls.verify({ ...call, fields: fieldsOf(request), now: new Date() });
  const { verdict, cause, keyId, words } = finding;
  metrics?.verified(verdict.reason);
  if (verdict.reason) {
    request.log.info({ cause, key: keyId }, 'call refused');
    throw new KeygrantError(codes[verdict.reason] ?? 'call-unauthorized', words);
  }
  return finding;
}

/** What a call is signed by. Node joins a field that came several times, as RFC 9421 (2.1) does. */
function fieldsOf({ headers }: FastifyRequest): CredentialFields {
  const { authorization, signature, 'signature-input': input, 'content-digest': digest } = headers;
  const text = (field: string | string[] | undefined) => (Array.isArray(field) ? field.join(', ') : field);
  return {
    authorization,
    signature: text(signature),
    'signature-input': text(input),
    'content-digest': text(digest),
  };
}

/** Bodies as they come, whatever their type: what was signed are bytes. */
export function takeBodiesAsBytes(app: App): void {
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', ({ headers }, _reply, done) => {
    // Fastify refuses a type that it cannot make out, which is not for it to judge here.
    if (headers['content-type'] !== undefined) headers['content-type'] = 'application/octet-stream';
    done();
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
