import { parseArgs } from 'node:util';

/** How much is measured. */
export interface Plan {
  /** Alternating rounds of ours and the bare workflow, and applications in each. */
  rounds: number;
  perRound: number;
  atOnce: number;
  /** How long latencies are measured at a time. */
  latencySeconds: number;
  /** Open applications at the first and at the second measurement of latencies. */
  few: number;
  open: number;
  /** How long opening them through the front door may take. */
  openBudgetMs: number;
  /** Whether the statements of an application are listed. */
  statements: boolean;
}

export const usage =
  'Usage: npm run bench -- [--quick] [--rounds 3] [--applications 200] [--at-once 50] [--seconds 40] [--open 10000] [--open-minutes 5] [--statements]';

/** Reads the command line; undefined where it cannot be read. */
export function readPlan(args: string[]): Plan | undefined {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      applications: { type: 'string' },
      'at-once': { type: 'string' },
      seconds: { type: 'string' },
      open: { type: 'string' },
      'open-minutes': { type: 'string' },
      statements: { type: 'boolean', default: false },
    },
  });
  const { quick, statements } = values;
  const number = (value: string | undefined, fallback: number) =>
    value === undefined ? fallback : Number(value);
  const open = number(values.open, quick ? 300 : 10_000);
  const plan = {
    rounds: number(values.rounds, quick ? 2 : 3),
    perRound: number(values.applications, quick ? 30 : 200),
    atOnce: number(values['at-once'], quick ? 15 : 50),
    latencySeconds: number(values.seconds, quick ? 8 : 40),
    few: Math.min(100, open),
    open,
    openBudgetMs: Math.round(number(values['open-minutes'], 5) * 60_000),
    statements,
  };
  const fine = Object.values(plan).every(
    (value) => typeof value === 'boolean' || (Number.isInteger(value) && value > 0),
  );
  return fine ? plan : undefined;
}
