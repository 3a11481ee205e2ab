import type { RuntimeOptions } from '@temporalio/worker';
import type { Address } from '../listening.ts';

/** Seconds from a decision at the API to its record: instant while all is well, hours when a worker was down. */
const recordSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600, 3600];

/**
 * What the Temporal SDK measures by itself, at an address in Prometheus' format, with Keygrant's own metrics of the worker
 * among them: the SDK serves those of its meter, too, so that a worker needs no second library and no second port.
 */
export function workerTelemetry(address: Address | undefined): Pick<RuntimeOptions, 'telemetryOptions'> {
  if (!address) return {};
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return {
    telemetryOptions: {
      metrics: {
        prometheus: {
          bindAddress: `${host}:${address.port}`,
          useSecondsForDurations: true,
          unitSuffix: true,
          countersTotalSuffix: true,
          histogramBucketOverrides: { keygrant_signal_record: recordSeconds },
        },
      },
    },
  };
}
