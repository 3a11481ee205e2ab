import { context, type Span, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { Sql } from 'postgres';

/** Names the statement and its first table; nothing else of its text leaves the process. */
const statement = /^\s*(select|insert|update|delete|with|set)\b(?:[^]*?\b(?:from|into|update)\s+"?(\w+)"?)?/i;
const updated = /^\s*update\s+"?(\w+)"?/i;

// Only the two ways by which drizzle talks to postgres.js are watched; OpenTelemetry has no instrumentation of its own for it.
type Client = Record<PropertyKey, unknown>;
type Call = (...args: unknown[]) => Promise<unknown>;

/** A span for every transaction and every statement that drizzle sends over this connection. */
export function traceDatabase(connection: Sql, tracer: Tracer): Sql {
  return watched(connection as unknown as Client) as unknown as Sql;

  function watched(client: Client): Client {
    return new Proxy(client, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (name === 'unsafe')
          return (...args: unknown[]) => query(String(args[0]), (value as Call)(...args));
        if (name === 'begin' || name === 'savepoint') {
          return (...args: unknown[]) => transaction((wrapped) => (value as Call)(...args.map(wrapped)));
        }
        return value;
      },
    });
  }

  function transaction(begin: (wrapped: (arg: unknown) => unknown) => Promise<unknown>): Promise<unknown> {
    const attributes = { 'db.system.name': 'postgresql' };
    return tracer.startActiveSpan('transaction', { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const active = context.active();
      const wrapped = (arg: unknown) =>
        typeof arg === 'function'
          ? (tx: Client) => context.with(active, () => (arg as (tx: Client) => unknown)(watched(tx)))
          : arg;
      return ended(span, begin(wrapped));
    });
  }

  /** postgres.js sends a query when somebody waits for it. */
  function query(text: string, pending: Promise<unknown>): Promise<unknown> {
    const then = pending.then.bind(pending);
    let span: Span | undefined;
    // oxlint-disable-next-line unicorn/no-thenable
    pending.then = ((...handlers: Parameters<typeof then>) => {
      span ??= started(text, pending);
      return then(...handlers);
    }) as typeof pending.then;
    return pending;
  }

  function started(text: string, pending: Promise<unknown>): Span {
    const [, operation = 'other', first = ''] = statement.exec(text) ?? [];
    const table = updated.exec(text)?.[1] ?? first;
    const span = tracer.startSpan(`${operation.toLowerCase()} ${table}`.trim(), {
      kind: SpanKind.CLIENT,
      attributes: {
        'db.system.name': 'postgresql',
        'db.operation.name': operation.toLowerCase(),
        ...(table === '' ? {} : { 'db.collection.name': table }),
      },
    });
    // By its own `then`: the query's would send it.
    void Promise.prototype.then.call(
      pending,
      () => span.end(),
      (error: unknown) => failed(span, error),
    );
    return span;
  }
}

async function ended<T>(span: Span, work: Promise<T>): Promise<T> {
  try {
    const result = await work;
    span.end();
    return result;
  } catch (error) {
    failed(span, error);
    throw error;
  }
}

function failed(span: Span, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'other';
  span.setAttribute('error.type', code);
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
