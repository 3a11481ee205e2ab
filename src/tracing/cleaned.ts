import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** All that a span may tell: words of short lists, numbers, and ids. What is not named here is left out. */
const told = new Set([
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'error.type',
  'exception.type',
  'db.system.name',
  'db.operation.name',
  'db.collection.name',
  'keygrant.mail.recipients',
  'keygrant.mail.accepted',
  // The names that Temporal's interceptors use.
  'temporalWorkflowId',
  'temporalActivityId',
  'run_id',
]);

/**
 * Leaves out of every span what could hold somebody's data before it leaves the process: messages and stacks of errors, and
 * whatever a library adds some day. Traces are kept elsewhere, and looked at by others.
 */
export function cleanedExporter(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(cleaned), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

function cleaned(span: ReadableSpan): ReadableSpan {
  const properties = {
    attributes: only(span.attributes),
    events: span.events
      .filter(({ name }) => name === 'exception')
      .map((event) => ({ ...event, attributes: only(event.attributes ?? {}) })),
    status: { code: span.status.code },
    links: span.links.map(({ context }) => ({ context })),
  };
  return Object.create(span, Object.getOwnPropertyDescriptors(properties)) as ReadableSpan;
}

function only(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => told.has(name)));
}
