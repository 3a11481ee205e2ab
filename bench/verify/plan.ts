import { parseArgs } from 'node:util';

/** How much is measured. */
export interface Plan {
  /** Live keys in the rows that name no other number. */
  keys: number;
  /** Keys in the table when it is full. */
  manyKeys: number;
  /** How long each target is loaded in a round. */
  seconds: number;
  /** Rounds; in each, every target has its turn. */
  rounds: number;
  /** Connections that call one after the other. */
  connections: number;
  /** Whether better-auth takes part; it is installed when it first does. */
  betterAuth: boolean;
  /** Only targets whose name holds one of these, comma separated. */
  only: string;
}

export const usage =
  'Usage: npm run bench:verify -- [--quick] [--keys 10000] [--many-keys 1000000] [--seconds 5] [--rounds 5] [--connections 64] [--only <name>] [--without-better-auth]';

/** Reads the command line; undefined where it cannot be read. */
export function readPlan(args: string[]): Plan | undefined {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      'without-better-auth': { type: 'boolean', default: false },
      keys: { type: 'string' },
      'many-keys': { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      connections: { type: 'string' },
      only: { type: 'string', default: '' },
    },
  });
  const { quick } = values;
  const number = (value: string | undefined, usual: number, short: number) =>
    value === undefined ? (quick ? short : usual) : Number(value);
  const counts = {
    keys: number(values.keys, 10_000, 1_000),
    manyKeys: number(values['many-keys'], 1_000_000, 20_000),
    seconds: number(values.seconds, 5, 2),
    rounds: number(values.rounds, 5, 2),
    connections: number(values.connections, 64, 64),
  };
  if (!Object.values(counts).every((value) => Number.isInteger(value) && value > 0)) return undefined;
  return { ...counts, betterAuth: !values['without-better-auth'], only: values.only };
}
