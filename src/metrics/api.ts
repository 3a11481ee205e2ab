import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/database.ts';
import type { ProblemCode } from '../domain/problems.ts';
import type { Refusal } from '../gateway/verdict.ts';
import { createRecordGauges } from './records.ts';

export type ApiMetrics = ReturnType<typeof createApiMetrics>;

/**
 * What an API process counts and measures, by prom-client: the library of Prometheus' own list for Node, with types and
 * one dependency. Labels hold no ids but those of registered APIs: routes are templates, and
 * everything else is one word of a short list.
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
  const upstreams = new Histogram({
    name: 'keygrant_gateway_upstream_duration_seconds',
    help: 'From the end of a check by the gateway to the head of the upstream’s answer, by API and its status class or what was wrong.',
    labelNames: ['api', 'result'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
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

    /** @param result the status of the upstream's answer, or the problem in its place */
    passedOn(api: string, result: number | ProblemCode, seconds: number): void {
      const word = typeof result === 'number' ? `${Math.floor(result / 100)}xx` : result;
      upstreams.observe({ api, result: word }, seconds);
    },

    /** Everything in Prometheus' text format, after a look at the database. */
    async text(): Promise<string> {
      await records.refresh();
      return registry.metrics();
    },

    contentType: registry.contentType,
  };
}
