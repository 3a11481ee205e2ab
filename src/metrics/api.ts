import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { Refusal } from '../gateway/verdict.ts';
import { createRecordGauges } from './records.ts';

export type ApiMetrics = ReturnType<typeof createApiMetrics>;

/**
 * What an API process counts and measures, by prom-client: the library of Prometheus' own list for Node, with types and
 * one dependency. No label holds an id: routes are templates, and everything else is one word of a short list.
 */
export function createApiMetrics(db: Database) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'keygrant_http_request_duration_seconds',
    help: 'From the arrival of a request to the end of its answer, by route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    // Waiting for a workflow's record ends after two seconds, a handler after twelve.
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers: [registry],
  });
  const verifications = new Counter({
    name: 'keygrant_verifications_total',
    help: 'Signed calls that were checked, by result: valid, or why they may not pass.',
    labelNames: ['result'] as const,
    registers: [registry],
  });
  const records = createRecordGauges(registry, db);

  return {
    /** @param route its template; undefined where the address leads nowhere */
    answered(method: string, route: string | undefined, status: number, seconds: number): void {
      requests.observe({ method: route ? method : 'any', route: route ?? 'none', status }, seconds);
    },

    verified(refusal: Refusal | null): void {
      verifications.inc({ result: refusal ?? 'valid' });
    },

    /** Everything in Prometheus' text format, after a look at the database. */
    async text(): Promise<string> {
      await records.refresh();
      return registry.metrics();
    },

    contentType: registry.contentType,
  };
}
