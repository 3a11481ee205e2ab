import { cpus, totalmem } from 'node:os';
import type { Figures } from './figures.ts';
import { percentile } from './latency.ts';
import { cachedWorkflows } from './memory.ts';
import type { Plan } from './plan.ts';
import { countBy } from './round-trips.ts';
import { fixed, median, table, verdict } from './table.ts';
import type { Round } from './throughput.ts';

/** The goals of the project's owner. */
const goals = { throughput: 0.8, latency: 1.2 };

/** What was measured, as tables in Markdown. */
export function report(figures: Figures, plan: Plan): string {
  const { one, ours, bare, peak, perSecond, withFew, withMany, memory, openings } = figures;
  const barePeak = median(bare.map((round) => round.perSecond));
  const ratio = peak / barePeak;
  const few = memory.at(0);
  const many = memory.at(-1);
  const at = (values: readonly number[], share: number) => fixed(percentile(values, share), 0);
  const trips = (of: 'api' | 'worker') => one.steps.reduce((sum, step) => sum + step[of].roundTrips, 0);
  const events = [...one.events.values()].reduce((sum, count) => sum + count, 0);
  const slower = (kind: 'submission' | 'decision', share: number) =>
    percentile(withMany[kind], share) / percentile(withFew[kind], share);
  const per1000 = (kind: 'heap' | 'resident') => {
    const [first, second] = memory;
    const more = ((second?.open ?? 0) - (first?.open ?? 0)) / 1_000;
    return more > 0 ? ((second?.[kind] ?? Number.NaN) - (first?.[kind] ?? Number.NaN)) / more : undefined;
  };
  const main = table(
    ['figure', 'measured', 'goal'],
    [
      ['applications a second through two approvals', `${fixed(peak)}; bare workflow ${fixed(barePeak)}`, ''],
      ['… compared', fixed(ratio, 2), `≥ ${goals.throughput}: ${verdict(ratio >= goals.throughput)}`],
      ['history events an application', `${events} (${fixed(one.historyBytes / 1_024)} KiB)`, ''],
      ['database round trips an application', `API ${trips('api')}, worker ${trips('worker')}`, ''],
      ...(['submission', 'decision'] as const).map((kind) => [
        `${kind} to record at ${fixed(perSecond)} applications a second`,
        `p50 ${at(withFew[kind], 0.5)} ms, p99 ${at(withFew[kind], 0.99)} ms (${withFew[kind].length} measured)`,
        '',
      ]),
      ...(['submission', 'decision'] as const).map((kind) => [
        `… ${kind} with ${many?.open} open instead of ${few?.open}`,
        `p50 ${at(withMany[kind], 0.5)} ms, p99 ${at(withMany[kind], 0.99)} ms: ${fixed(slower(kind, 0.5), 2)} and ${fixed(slower(kind, 0.99), 2)} times`,
        `≤ ${goals.latency}: p50 ${verdict(slower(kind, 0.5) <= goals.latency)}, p99 ${verdict(slower(kind, 0.99) <= goals.latency)}`,
      ]),
      [
        `worker's memory per 1,000 open, while its cache (${cachedWorkflows} workflows) has room`,
        `${fixed(per1000('heap'), 0)} MiB of heap, ${fixed(per1000('resident'), 0)} MiB resident`,
        '',
      ],
      ...memory.map(({ open, heap, resident }) => [
        `… with ${open} open`,
        `${fixed(heap, 0)} MiB of heap, ${fixed(resident, 0)} MiB resident`,
        '',
      ]),
    ],
  );
  const said = openings
    .map(
      ({ byFrontDoor, byWorkflow, unsettled }) =>
        `${byFrontDoor} + ${byWorkflow}${unsettled > 0 ? ` (${unsettled} not done when time was up)` : ''}`,
    )
    .join(', ');
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${fixed(totalmem() / 2 ** 30, 0)} GiB. Everything on this machine, API and worker run by tsx. ` +
      `${plan.rounds} × ${plan.perRound} applications, ${plan.atOnce} at once, medians; latencies for ${plan.latencySeconds} s each. ` +
      `Opened through the front door + copied as drafts and submitted to Temporal: ${said}. ` +
      `Answers after the API's two seconds: ${withFew.unknown} and ${withMany.unknown}.`,
    main,
    'Processor milliseconds per application:',
    cpuTable(ours, bare),
    'Round trips by step (API / worker); statements that begin and end transactions count:',
    table(
      ['step', 'API', 'worker'],
      one.steps.map(({ name, api, worker }) => [name, String(api.roundTrips), String(worker.roundTrips)]),
    ),
    'History events:',
    [...one.events].map(([type, count]) => `${count} ${type}`).join(', '),
    ...(plan.statements ? [statements(figures)] : []),
  ].join('\n\n');
}

function cpuTable(ours: readonly Round[], bare: readonly Round[]): string {
  const names = ['api', 'worker', 'temporal', 'postgres', 'smtp', 'driver'];
  const row = (name: string, rounds: readonly Round[]) => [
    name,
    ...names.map((each) => fixed(middle(rounds.map(({ cpu }) => cpu[each])), 1)),
    `${fixed(100 * median(rounds.map(({ driverShare }) => driverShare)), 0)} % of a core`,
  ];
  return table(['', ...names, 'the driver'], [row('Keygrant', ours), row('bare', bare)]);
}

function middle(seconds: readonly (number | undefined)[]): number | undefined {
  const known = seconds.filter((value) => value !== undefined);
  return known.length > 0 ? 1_000 * median(known) : undefined;
}

/** Every statement of every step, the same ones counted. */
function statements({ one }: Figures): string {
  return one.steps
    .flatMap(({ name, ...step }) =>
      (['api', 'worker'] as const).flatMap((from) => [
        `${name}, ${from}:`,
        ...[...countBy(step[from].statements)].map(
          ([text, count]) => `  ${count} × ${text.replaceAll(/\s+/g, ' ').slice(0, 240)}`,
        ),
      ]),
    )
    .join('\n');
}
