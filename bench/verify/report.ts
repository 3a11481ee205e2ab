import { cpus } from 'node:os';
import { fixed, median, table, verdict } from '../table.ts';
import type { Plan } from './plan.ts';
import type { Round } from './rounds.ts';
import type { Signed } from './signing.ts';
import type { Memory } from './targets.ts';

/** The goals of the project's owner. */
const goals = { verify: 0.8, quota: 0.6, betterAuth: 10, gateway: 0.75, canonical: 2, keys: 1.2 };

export interface Figures {
  rounds: Map<string, Round[]>;
  signed: Signed[];
  memory: Memory;
  pinned: boolean;
}

/** What was measured, as tables in Markdown. */
export function report({ rounds, signed, memory, pinned }: Figures, plan: Plan): string {
  const of = (name: string, value: (round: Round) => number | undefined = (round) => round.perSecond) =>
    (rounds.get(name) ?? []).map((round) => value(round) ?? Number.NaN);
  /** How two targets compare, round by round. */
  const compared = (name: string, to: string) => {
    const others = of(to);
    return of(name).map((value, at) => value / (others[at] ?? Number.NaN));
  };
  const perSecond = (name: string) => fixed(median(of(name)), 0);
  const row = (what: string, name: string, to: string, goal: number) => {
    const ratios = compared(name, to);
    if (ratios.length === 0) return [];
    const said = `${perSecond(name)} a second; ${perSecond(to)}`;
    return [[what, said, spread(ratios), `≥ ${goal}: ${verdict(median(ratios) >= goal)}`]];
  };
  const slower = (what: string, name: string, to: string) => {
    const ratios = compared(to, name);
    if (ratios.length === 0) return [];
    return [
      [
        what,
        `${perSecond(to)} a second; ${perSecond(name)}`,
        spread(ratios),
        `≤ ${goals.keys}: ${verdict(median(ratios) <= goals.keys)}`,
      ],
    ];
  };
  const main = table(
    ['work', 'measured; against', 'compared: median (spread)', 'goal'],
    [
      ...row(
        `verify, 1 KB body, no quota, ${plan.keys} keys; a bare Fastify route`,
        'verify',
        'bare route',
        goals.verify,
      ),
      ...row('… with exact quota', 'verify, quota', 'bare route', goals.quota),
      ...row("…, no quota; better-auth's API-key plugin", 'verify', 'better-auth', goals.betterAuth),
      ...row(
        'gateway call, 1 KB there and back; a bare @fastify/http-proxy',
        'gateway',
        'bare proxy',
        goals.gateway,
      ),
      ...signed.map(({ name, hmac, both }) => {
        const ratios = both.map((value, at) => value / (hmac[at] ?? Number.NaN));
        const said = `${fixed(median(both))} µs; ${fixed(median(hmac))} µs`;
        return [
          `canonicalise + HMAC, ${name}; HMAC alone`,
          said,
          spread(ratios),
          `≤ ${goals.canonical}: ${verdict(median(ratios) <= goals.canonical)}`,
        ];
      }),
      ...slower(`time to verify, 1,000 keys; ${plan.manyKeys}`, 'many keys', 'few keys'),
      ...slower('… looked up each time', 'many keys, looked up each time', 'few keys, looked up each time'),
      [
        'memory of 100,000 kept keys',
        `${fixed((memory.bytes / memory.keys / 2 ** 20) * 100_000, 0)} MiB (of ${memory.keys})`,
        '',
        '',
      ],
    ],
  );
  const each = table(
    ['', 'a second', 'p50, p99', "server's core", 'server a request'],
    [...rounds.keys()].map((name) => [
      name,
      `${perSecond(name)} (${fixed(Math.min(...of(name)), 0)} to ${fixed(Math.max(...of(name)), 0)})`,
      `${fixed(median(of(name, ({ p50 }) => p50)) / 1_000, 2)} ms, ${fixed(median(of(name, ({ p99 }) => p99)) / 1_000, 2)} ms`,
      `${fixed(100 * median(of(name, ({ serverShare }) => serverShare)), 0)} %`,
      `${fixed(median(of(name, ({ cpu }) => cpu)))} µs`,
    ]),
  );
  const where = pinned
    ? 'Servers are alone on one core; load, PostgreSQL and upstream share another.'
    : 'Nothing is bound to a core here.';
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}. ${plan.rounds} rounds of ${plan.seconds} s for each, ${plan.connections} connections. ${where}`,
    main,
    each,
  ].join('\n\n');
}

function spread(ratios: readonly number[]): string {
  return `${fixed(median(ratios), 2)} (${fixed(Math.min(...ratios), 2)} to ${fixed(Math.max(...ratios), 2)})`;
}
