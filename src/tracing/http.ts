import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import type { App } from '../http/context.ts';

/** Asked every few seconds by machines. */
const unseen = new Set(['/healthz', '/readyz']);

/**
 * A span for every request, by its route's template: addresses hold ids. A caller's own trace goes on (W3C Trace Context)
 * by its ids alone: `tracestate` could hold anything, and would lie in Temporal's histories.
 */
export function traceHttp(app: App, tracer: Tracer): void {
  const traced = new WeakMap<FastifyRequest, Context>();

  app.addHook('onRequest', (request, _reply, done) => {
    const { method, routeOptions, headers } = request;
    const route = routeOptions.url;
    if (route === undefined || unseen.has(route)) return done();
    const parent = propagation.extract(ROOT_CONTEXT, { traceparent: headers.traceparent });
    const attributes = { 'http.request.method': method, 'http.route': route };
    const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    const active = trace.setSpan(parent, span);
    traced.set(request, active);
    context.with(active, done);
  });
  // A body comes in by events of the socket, which know nothing of the request's context.
  app.addHook('preValidation', (request, _reply, done) => {
    context.with(traced.get(request) ?? context.active(), done);
  });
  app.addHook('onResponse', async (request, { statusCode }) => {
    const span = trace.getSpan(traced.get(request) ?? ROOT_CONTEXT);
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}
