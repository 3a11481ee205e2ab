import { randomUUID } from 'node:crypto';
import { context, DiagLogLevel, diag, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry';
import { cleanedExporter } from './cleaned.ts';
import { traceDatabase } from './database.ts';
import { traceHttp } from './http.ts';
import { traceMailer } from './mailer.ts';
import type { Tracing, TracingSettings } from './tracing.ts';

/** OpenTelemetry, for the whole process. */
export function openTelemetry(
  { endpoint, headers, attributes, ratio }: TracingSettings,
  service: string,
  onTrouble: (why: string) => void,
): Tracing {
  const quiet = () => {};
  diag.setLogger(
    { error: onTrouble, warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    DiagLogLevel.ERROR,
  );
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': service,
      'service.namespace': 'keygrant',
      'service.instance.id': randomUUID(),
      ...attributes,
    }),
    // By the trace's id alone, so that every process decides alike, weeks later too.
    sampler: new TraceIdRatioBasedSampler(ratio),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: cleanedExporter(new OTLPTraceExporter({ url, headers, timeoutMillis: 10_000 })),
        scheduledDelayMillis: 2_000,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  // Neither baggage: what a caller puts there must not travel into Temporal's histories.
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  const tracer = provider.getTracer('keygrant');

  return {
    http: (app) => traceHttp(app, tracer),
    client: new OpenTelemetryWorkflowClientInterceptor({ tracer }),
    activity: (activity) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(activity, { tracer }) }),
    database: (connection) => traceDatabase(connection, tracer),
    mailer: (mailer) => traceMailer(mailer, tracer),
    logFields: () => {
      const span = trace.getActiveSpan()?.spanContext();
      return span ? { traceId: span.traceId } : {};
    },
    async close() {
      // A collector that is away must not hold up the end.
      const late = new Promise<void>((resolve) => setTimeout(resolve, 3_000).unref());
      await Promise.race([provider.shutdown().catch(() => {}), late]);
    },
  };
}
