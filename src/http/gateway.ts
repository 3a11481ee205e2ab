import { randomUUID } from 'node:crypto';
import {
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  fastify,
  LogController,
} from 'fastify';
import { apiMethods } from '../domain/apis.ts';
import { KeygrantError } from '../domain/errors.ts';
import type { ProblemCode } from '../domain/problems.ts';
import { isDgrk } from '../gateway/credentials.ts';
import { requestHeaders, responseHeaders, upstreamOf } from '../gateway/forwarding.ts';
import { Unreached } from '../gateway/passage.ts';
import type { FindAddresses } from '../gateway/upstream-addresses.ts';
import { createUpstreams } from '../gateway/upstreams.ts';
import type { Finding } from '../gateway/verify.ts';
import { callChecks, requireValid, takeBodiesAsBytes } from './call-checks.ts';
import type { App, Context } from './context.ts';
import { answerError, describe } from './errors.ts';
import { endUnusedConnections } from './unused-connections.ts';

/**
 * Builds the gateway: checks each signed call and passes it on to the upstream that the registry names for its API. A body is
 * held until it is known to be what was signed; answers stream.
 */
export async function buildGateway(
  context: Context,
  options: Pick<FastifyServerOptions, 'loggerInstance' | 'logger'> & { find?: FindAddresses } = {},
) {
  const { find, ...logging } = options;
  const { config } = context;
  const app = fastify({
    ...logging,
    bodyLimit: config.gateway.bodyLimit,
    requestTimeout: 30_000,
    // What passes is counted, not logged line by line.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address, hop) => hop < config.trustedProxies,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  }) as unknown as App;
  app.setErrorHandler(answerError);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  endUnusedConnections(app, context);
  const calls = callChecks(app, context);
  const upstreams = createUpstreams(config.gateway, find);
  app.addHook('onClose', () => upstreams.close());

  const { origin } = new URL(config.publicUrl);
  letConsoleCall(app, origin);

  // Before its body is read, which strangers could make large.
  app.addHook('onRequest', (request, _reply, done) => {
    const { authorization, 'signature-input': input } = request.headers;
    if (isDgrk(authorization) || input !== undefined) return done();
    check(request).then(() => done(), done);
  });
  takeBodiesAsBytes(app);
  app.route({
    method: apiMethods.filter((method) => method !== '*'),
    url: '*',
    handler: async (request, reply) => {
      const { headers, body } = request;
      const isRead = body !== undefined || (headers['content-length'] ?? '0') === '0';
      if (!isRead || (body === undefined && headers['transfer-encoding'] !== undefined)) {
        throw new KeygrantError('malformed-request', {
          en: `A ${request.method} has no body here.`,
          'zh-TW': `這裡的 ${request.method} 不能有內容。`,
        });
      }
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      return passOn(request, reply, await check(request, bytes), bytes);
    },
  });
  await app.ready();
  return app;

  function check(request: FastifyRequest, body: Buffer = Buffer.alloc(0)): Promise<Finding> {
    const { method, url = '' } = request.raw;
    return requireValid(context, calls, request, { method: method ?? '', target: url, body });
  }

  async function passOn(request: FastifyRequest, reply: FastifyReply, finding: Finding, body: Buffer) {
    const { verdict, route } = finding;
    if (!route || !verdict.key || !verdict.client) throw new Error('a valid call has a key and an API');
    const identity = {
      key: verdict.key.id,
      client: verdict.client.id,
      api: route.id,
      requestId: request.id,
      addresses: request.ips?.toReversed() ?? [request.ip],
      host: request.host,
      protocol: request.protocol,
    };
    const began = performance.now();
    const measure = (result: number | ProblemCode) =>
      context.metrics?.passedOn(route.id, result, (performance.now() - began) / 1000);
    try {
      const call = {
        ...upstreamOf(route.upstreamUrl, request.raw.url ?? ''),
        method: request.method,
        headers: requestHeaders(request.raw.rawHeaders, identity),
        body,
      };
      await upstreams.pass(call, reply.raw, (status, headers) => {
        const ours = { 'x-request-id': request.id, ...corsHeaders(request, origin) };
        reply.raw.writeHead(status, responseHeaders(headers, ours));
        reply.hijack();
        measure(status);
      });
    } catch (error) {
      const { code, words } = problemOf(error);
      measure(code);
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      request.log.warn({ api: route.id, err: describe(cause as Error) }, 'no answer of an upstream');
      if (error instanceof Unreached) await refund(request, finding);
      throw new KeygrantError(code, words);
    }
  }

  /** A call too many on a quota is no reason to answer otherwise; it is on record. */
  async function refund(request: FastifyRequest, finding: Finding): Promise<void> {
    await calls
      .giveBack(finding)
      .catch((error: unknown) =>
        request.log.error({ key: finding.keyId, err: describe(error as Error) }, 'a call was not given back'),
      );
  }
}

/**
 * Lets pages of Keygrant's own console call from a browser (Fetch Standard, CORS protocol). No cookie counts here, so this
 * opens nothing that a signature does not.
 */
function letConsoleCall(app: App, origin: string): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { origin: asking, 'access-control-request-method': method } = request.headers;
    if (request.method !== 'OPTIONS' || asking !== origin || method === undefined) return done();
    const headers = request.headers['access-control-request-headers'] ?? '';
    void reply
      .headers({ 'access-control-allow-methods': method, 'access-control-allow-headers': headers })
      .code(204)
      .send();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.headers(corsHeaders(request, origin));
    done(null, payload);
  });
}

/** What lets a page of the console read an answer, whatever the upstream says of other pages. */
function corsHeaders({ headers }: FastifyRequest, origin: string): Record<string, string> {
  if (headers.origin !== origin) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': '*',
    vary: 'origin',
  };
}

/** What went wrong with an upstream, in words that tell its caller nothing of where it is. */
function problemOf(error: unknown) {
  if (error instanceof Unreached) {
    const words = {
      en: 'The API could not be reached. The call was not made, and does not count.',
      'zh-TW': '無法連線到 API。此呼叫並未送出，也不計入配額。',
    };
    return { code: 'upstream-unreachable', words } as const;
  }
  const isLate = error instanceof Error && 'code' in error && error.code === 'UND_ERR_HEADERS_TIMEOUT';
  return isLate
    ? ({
        code: 'upstream-timeout',
        words: {
          en: 'The API did not answer in time. The call may have been carried out.',
          'zh-TW': 'API 沒有及時回應。此呼叫可能已經執行。',
        },
      } as const)
    : ({
        code: 'upstream-failed',
        words: {
          en: 'The API broke off. The call may have been carried out.',
          'zh-TW': 'API 中斷了回應。此呼叫可能已經執行。',
        },
      } as const);
}
