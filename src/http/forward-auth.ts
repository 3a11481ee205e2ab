import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { KeygrantError, type ProblemCode } from '../domain/errors.ts';
import { type Refusal, refusals } from '../gateway/verdict.ts';
import { createVerifier } from '../gateway/verify.ts';
import type { App, Context } from './context.ts';
import { problemResponses } from './schemas.ts';

// nginx auth_request, Traefik ForwardAuth and Caddy forward_auth ask here, before a call goes to its upstream, and pass it on
// after 2xx. The gateway needs no token: whoever asks learns no more than whether a signature that they hold may pass.

/** How the gateways name the call that they ask for: nginx by what its configuration sets, Traefik and Caddy by themselves. */
const families = [
  ['x-original-method', 'x-original-uri'],
  ['x-forwarded-method', 'x-forwarded-uri'],
] as const;

/** Methods whose calls mean the same without a body. With others, a body that did not come along could be any. */
const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

const codes: Partial<Record<Refusal, ProblemCode>> = {
  'api-not-permitted': 'api-not-permitted',
  'quota-used-up': 'quota-used-up',
};

const description =
  'The call is named by X-Original-Method and X-Original-URI, or by X-Forwarded-Method and X-Forwarded-Uri; its ' +
  'Authorization is passed on as it came. A body counts only if the gateway passes it on, too: at most 1 MiB of any type, ' +
  'with a method that has one. nginx passes none on, so that a call other than GET, HEAD, DELETE and OPTIONS is refused ' +
  'without a body: any could reach the upstream. Like everything, this is rate limited by address: that of the gateway, ' +
  'or, with TRUSTED_PROXIES, that of its caller.';

export function forwardAuthRoutes(app: App, { db, config, metrics }: Context): void {
  const verifyCall = createVerifier({ db, masterKeys: config.masterKeys, timeZone: config.timeZone });
  // As they come: what was signed are bytes.
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', async ({ headers }) => {
    // Fastify refuses a type that it cannot make out, which is not for it to judge here.
    if (headers['content-type'] !== undefined) headers['content-type'] = 'application/octet-stream';
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
    app.route({
      method,
      url: '/v1/forward-auth',
      bodyLimit: 1024 * 1024,
      schema: {
        // In the document once: gateways ask with GET, or with the method of the call.
        hide: method !== 'GET',
        tags: ['Signed calls'],
        summary: 'Whether a signed call may pass, for gateways: with any method, yes or no by status',
        description,
        security: [],
        response: {
          200: Type.Object(
            {},
            { description: 'It may pass; the headers X-Keygrant-Key and X-Keygrant-Client say whose it is' },
          ),
          ...problemResponses,
        },
      },
      handler: async (request, reply) => {
        const { verdict, cause, keyId } = await verifyCall({
          ...callOf(request),
          authorization: request.headers.authorization,
          now: new Date(),
        });
        const { reason, key, client } = verdict;
        metrics?.verified(reason);
        if (reason) {
          request.log.info({ cause, key: keyId }, 'call refused');
          throw new KeygrantError(codes[reason] ?? 'call-unauthorized', refusals[reason]);
        }
        return reply.header('x-keygrant-key', key?.id).header('x-keygrant-client', client?.id).send({});
      },
    });
  }
}

/**
 * The call that the gateway asks for. Headers of the other family can only come from the call itself, through a gateway
 * that does not know them; believing them would let a caller name another API than the one that is called.
 */
function callOf({ headers, body }: FastifyRequest): {
  method: string;
  target: string;
  body: Buffer | string;
} {
  const named = families
    .map((names) => names.map((name) => headers[name]))
    .filter((values) => values.some((value) => value !== undefined));
  const [method, target] = named[0] ?? [];
  const isClear = named.every((values) => values[0] === method && values[1] === target);
  if (typeof method !== 'string' || typeof target !== 'string' || !isClear) {
    throw new KeygrantError(
      'malformed-request',
      'The gateway must name the call by X-Original-Method and X-Original-URI, or by X-Forwarded-Method and X-Forwarded-Uri.',
    );
  }
  const signed = Buffer.isBuffer(body) ? body : '';
  if (signed.length === 0 && !bodiless.has(method)) {
    throw new KeygrantError(
      'call-unauthorized',
      `The gateway passed no body on, and a ${method} without one is not told apart from that.`,
    );
  }
  return { method, target, body: signed };
}
