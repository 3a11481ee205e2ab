import type { MetricMeter } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { ReceivedSignal } from './decisions.ts';

/**
 * Counts what became of each signal, and measures how long the API's decisions took from the API to the record; by the
 * clocks of two machines, so a few milliseconds may be missing.
 * @param meter the SDK's; without an exporter it does nothing
 */
export function signalMetrics(meter: MetricMeter): ActivityInterceptorsFactory {
  const signals = meter.createCounter(
    'keygrant_signals',
    undefined,
    'Signals on record, by what became of them.',
  );
  const record = meter.createHistogram(
    'keygrant_signal_record',
    'float',
    'seconds',
    'From a decision at the API to its record.',
  );
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const result = await next(input);
        if (info.activityType !== 'recordSignal') return result;
        const [{ payload }] = input.args as [ReceivedSignal];
        const { outcome } = result as { outcome: string };
        // Of a signal that was refused nothing is believed, not even its name.
        if (outcome !== 'recorded') {
          signals.add(1, { outcome, act: 'none' });
          return result;
        }
        const { act: known, sentAt } = payload as { act?: string; sentAt?: unknown };
        // Sealed while keys are rotated.
        const act = known ?? 'unknown';
        signals.add(1, { outcome, act });
        const sent = typeof sentAt === 'string' ? Date.parse(sentAt) : Number.NaN;
        if (!Number.isNaN(sent)) record.record(Math.max(0, (Date.now() - sent) / 1000), { act });
        return result;
      },
    },
  });
}
