import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { KeygrantError } from '../domain/errors.ts';
import type { CallVerifier } from '../gateway/verify.ts';
import { requireValid, takeBodiesAsBytes } from './call-checks.ts';
import type { App, Context } from './context.ts';
import { problemResponses } from './schemas.ts';

// nginx auth_request, Traefik ForwardAuth, Caddy forward_auth and Envoy ext_authz ask here, before a call goes to its upstream, and pass it on
// after 2xx. The gateway needs no token: whoever asks learns no more than whether a signature that they hold may pass.

/** How the gateways name the call that they ask for: nginx by what its configuration sets, Traefik and Caddy by themselves. */
const families = [
  ['x-original-method', 'x-original-uri'],
  ['x-forwarded-method', 'x-forwarded-uri'],
] as const;

/** Methods whose calls mean the same without a body. With others, a body that did not come along could be any. */
const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/** Where Envoy asks: its `path_prefix`. */
const envoyPrefix = '/v1/ext-authz';

/** A call as a gateway names it. */
interface Named {
  method: string;
  target: string;
}

const description =
  'The call is named by X-Original-Method and X-Original-URI, or by X-Forwarded-Method and X-Forwarded-Uri; its ' +
  'Authorization is passed on as it came. A body counts only if the gateway passes it on, too: at most 1 MiB of any type, ' +
  'with a method that has one. nginx passes none on, so that a call other than GET, HEAD, DELETE and OPTIONS is refused ' +
  'without a body: any could reach the upstream. Like everything, this is rate limited by address: that of the gateway, ' +
  'or, with TRUSTED_PROXIES, that of its caller. Envoy asks by /v1/ext-authz, followed by the path and query of the call.';

export function forwardAuthRoutes(app: App, context: Context, calls: CallVerifier): void {
  takeBodiesAsBytes(app);
  const ask = async (request: FastifyRequest, reply: FastifyReply, call: Named) => {
    const { verdict, route } = await requireValid(context, calls, request, withBody(request, call));
    return reply
      .header('x-keygrant-key', verdict.key?.id)
      .header('x-keygrant-client', verdict.client?.id)
      .header('x-keygrant-api', route?.id)
      .send({});
  };
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
    app.route({
      method,
      url: '/v1/forward-auth',
      bodyLimit: 1024 * 1024,
      config: { frequent: true },
      schema: {
        // In the document once: gateways ask with GET, or with the method of the call.
        hide: method !== 'GET',
        tags: ['Signed calls'],
        operationId: 'checkForwardedCall',
        summary: 'Whether a signed call may pass, for gateways: with any method, yes or no by status',
        description,
        security: [],
        response: {
          200: Type.Object(
            {},
            {
              description:
                'It may pass; the headers X-Keygrant-Key, X-Keygrant-Client and X-Keygrant-Api say whose it is and of what',
            },
          ),
          ...problemResponses,
        },
      },
      handler: (request, reply) => ask(request, reply, callOf(request)),
    });
  }

  // Envoy's ext_authz over HTTP: the call itself, behind a prefix. What headers say of it does not count here.
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: `${envoyPrefix}/*`,
    bodyLimit: 1024 * 1024,
    config: { frequent: true },
    schema: { hide: true, response: { 200: Type.Object({}), ...problemResponses } },
    handler: (request, reply) => {
      const { method = '', url = '' } = request.raw;
      return ask(request, reply, { method, target: url.slice(envoyPrefix.length) });
    },
  });
}

/**
 * The call that the gateway asks for. Headers of the other family can only come from the call itself, through a gateway
 * that does not know them; believing them would let a caller name another API than the one that is called.
 */
function callOf({ headers }: FastifyRequest): Named {
  const named = families
    .map((names) => names.map((name) => headers[name]))
    .filter((values) => values.some((value) => value !== undefined));
  const [method, target] = named[0] ?? [];
  const isClear = named.every((values) => values[0] === method && values[1] === target);
  if (typeof method !== 'string' || typeof target !== 'string' || !isClear) {
    throw new KeygrantError('malformed-request', {
      en: 'The gateway must name the call by X-Original-Method and X-Original-URI, or by X-Forwarded-Method and X-Forwarded-Uri.',
      'zh-TW':
        '閘道必須以 X-Original-Method 與 X-Original-URI，或以 X-Forwarded-Method 與 X-Forwarded-Uri 指明呼叫。',
    });
  }
  return { method, target };
}

/** The call with the body that the gateway passed on; without one, a call that may have had any is not judged. */
function withBody({ body }: FastifyRequest, { method, target }: Named) {
  const signed = Buffer.isBuffer(body) ? body : '';
  if (signed.length === 0 && !bodiless.has(method)) {
    throw new KeygrantError('call-unauthorized', {
      en: `The gateway passed no body on, and a ${method} without one is not told apart from that.`,
      'zh-TW': `閘道沒有轉送內容，無法與沒有內容的 ${method} 區別。`,
    });
  }
  return { method, target, body: signed };
}
