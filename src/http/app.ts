import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import { type FastifyRequest, type FastifyServerOptions, fastify, LogController } from 'fastify';
import { apiImportRoutes } from './api-import.ts';
import { apiRoutes } from './apis.ts';
import { applicationRoutes } from './applications.ts';
import { auditRoutes } from './audit.ts';
import { auditVerificationRoutes } from './audit-verification.ts';
import { authenticate } from './auth.ts';
import { callChecks } from './call-checks.ts';
import { clientKeyRoutes } from './client-keys.ts';
import { clientRoutes } from './clients.ts';
import { codecRoutes } from './codec.ts';
import { colleagueRoutes } from './colleagues.ts';
import { nothingHere, serveConsole } from './console.ts';
import type { App, Context } from './context.ts';
import { decisionRoutes } from './decisions.ts';
import { delegationRoutes } from './delegations.ts';
import { deliveryRoutes } from './deliveries.ts';
import { answerError } from './errors.ts';
import { flowRoutes } from './flows.ts';
import { forwardAuthRoutes } from './forward-auth.ts';
import { historyRoutes } from './history.ts';
import { inboxRoutes } from './inbox.ts';
import { interventionRoutes } from './interventions.ts';
import { keyActRoutes } from './key-acts.ts';
import { keyTrailRoutes } from './key-trail.ts';
import { keyRoutes } from './keys.ts';
import { languageHeaders, languageOf } from './language.ts';
import { mailTemplateRoutes } from './mail-templates.ts';
import { documentApi } from './openapi.ts';
import { peopleRoutes } from './people.ts';
import { previewRoutes } from './previews.ts';
import { revealRoutes } from './reveals.ts';
import { serviceRoutes } from './service.ts';
import { sessionRoutes } from './session/session.ts';
import { signInRoutes } from './session/sign-in.ts';
import { settingsRoutes } from './settings.ts';
import { submissionRoutes } from './submissions.ts';
import { timelineRoutes } from './timeline.ts';
import { trailRoutes } from './trail.ts';
import { endUnusedConnections } from './unused-connections.ts';
import { validatorCompiler } from './validation.ts';
import { verifyRoutes } from './verify.ts';
import { webhookDeliveryRoutes } from './webhook-deliveries.ts';
import { webhookRoutes } from './webhooks.ts';

/** A request id that a caller may choose, so that one id runs through their log and ours. */
const requestIdForm = /^[A-Za-z0-9._-]{1,64}$/;

function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const chosen = headers['x-request-id'];
  return typeof chosen === 'string' && requestIdForm.test(chosen) ? chosen : randomUUID();
}

/** How long a handler may take. */
const handlerTimeoutMs = 12_000;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Asked with every call to an API: what passes is counted, not logged line by line. */
    frequent?: boolean;
  }
}

const isUnlogged = (request: FastifyRequest) => request.routeOptions.config.frequent === true;

/** What every answer carries. */
const headersOf = ({ id }: { id: string }) => ({
  'x-request-id': id,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
});

/** Builds the API: every resource, with limits, authentication and one translation of errors around them. */
export async function buildApp(
  context: Context,
  options: Pick<FastifyServerOptions, 'loggerInstance' | 'logger'> = {},
) {
  const app = fastify({
    ...options,
    // Ours are a few kilobytes; anything larger is a mistake or an attack.
    bodyLimit: 64 * 1024,
    requestTimeout: 15_000,
    logController: new LogController({ disableRequestLogging: isUnlogged }),
    connectionTimeout: 30_000,
    routerOptions: { maxParamLength: 300 },
    // An address that cannot be decoded never reaches a route, nor the hooks around it.
    frameworkErrors: (error, request, reply) =>
      answerError(error, request, reply.headers(headersOf(request))),
    trustProxy: (_address, hop) => hop < context.config.trustedProxies,
    genReqId: requestIdOf,
  }) as unknown as App;
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(answerError);
  // But for routes that are asked thousands of times a second: a timer and a signal for each request is a tenth of its work,
  // and their statements have limits of their own.
  app.addHook('onRoute', (route) => {
    if (!route.config?.frequent) route.handlerTimeout ??= handlerTimeoutMs;
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headersOf(request));
    done();
  });
  const { metrics, tracing } = context;
  tracing?.http(app);
  if (metrics) {
    app.addHook('onResponse', async ({ method, routeOptions }, { statusCode, elapsedTime }) =>
      metrics.answered(method, routeOptions.url, statusCode, elapsedTime / 1000),
    );
  }
  await app.register(rateLimit, { max: context.config.rateLimitPerMinute, timeWindow: '1 minute' });
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, () => {
    throw nothingHere();
  });
  endUnusedConnections(app, context);
  await documentApi(app, context.config);

  await app.register(cookie);
  const calls = callChecks(app, context);

  serviceRoutes(app, context);
  // In scopes of their own, since they take bodies of every type, as they come.
  await app.register(async (scope) => serveConsole(scope as unknown as App, context));
  await app.register(async (scope) => signInRoutes(scope as unknown as App, context));
  await app.register(async (scope) => forwardAuthRoutes(scope as unknown as App, context, calls));
  await app.register(async (scope) => codecRoutes(scope as unknown as App, context), { prefix: '/codec' });
  await app.register(async (scope) => {
    const api = scope as unknown as App;
    api.addHook('onRequest', (request, reply, done) => {
      reply.headers(languageHeaders(languageOf(request)));
      done();
    });
    authenticate(api, context);
    for (const routes of [
      applicationRoutes,
      submissionRoutes,
      decisionRoutes,
      interventionRoutes,
      deliveryRoutes,
      keyRoutes,
      keyActRoutes,
      keyTrailRoutes,
      revealRoutes,
      clientRoutes,
      clientKeyRoutes,
      apiRoutes,
      apiImportRoutes,
      flowRoutes,
      mailTemplateRoutes,
      previewRoutes,
      delegationRoutes,
      colleagueRoutes,
      peopleRoutes,
      sessionRoutes,
      inboxRoutes,
      settingsRoutes,
      auditRoutes,
      auditVerificationRoutes,
      historyRoutes,
      trailRoutes,
      timelineRoutes,
      webhookRoutes,
      webhookDeliveryRoutes,
    ]) {
      routes(api, context);
    }
  });
  await app.register(async (scope) =>
    verifyRoutes(scope as unknown as App, context, calls, { requestIdOf, headersOf }),
  );
  await app.ready();
  return app;
}
