import type { WorkflowClientInterceptor } from '@temporalio/client';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Sql } from 'postgres';
import type { App } from '../http/context.ts';
import type { Mailer } from '../mail/mailer.ts';

/** Where traces go, and how many. */
export interface TracingSettings {
  /** Of an OpenTelemetry collector, by OTLP over HTTP; `/v1/traces` is added. */
  endpoint: string;
  /** Sent along with every export; they may hold a token. */
  headers: Record<string, string>;
  /** What is told of this process besides its name. */
  attributes: Record<string, string>;
  /** Of all traces, 0 to 1. */
  ratio: number;
}

/** What each part of a process takes on so that its share of the work shows in traces. */
export interface Tracing {
  http(app: App): void;
  client: WorkflowClientInterceptor;
  activity: ActivityInterceptorsFactory;
  database(connection: Sql): Sql;
  mailer(mailer: Mailer): Mailer;
  /** For the log: which trace a line belongs to. */
  logFields: () => Record<string, string>;
  /** Sends what has not been sent yet. */
  close(): Promise<void>;
}

/**
 * Starts tracing where it is asked for. OpenTelemetry is loaded only then, so that whoever does not trace does not pay.
 * @param onTrouble told when traces cannot be sent
 */
export async function startTracing(
  settings: TracingSettings | undefined,
  service: 'keygrant-api' | 'keygrant-worker',
  onTrouble: (why: string) => void,
): Promise<Tracing | undefined> {
  if (!settings) return undefined;
  const { openTelemetry } = await import('./open-telemetry.ts');
  return openTelemetry(settings, service, onTrouble);
}
