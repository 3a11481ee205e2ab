import { once } from 'node:events';
import type { Child } from '../child.ts';
import { measured } from '../usage.ts';
import type { Loaded, Work } from './load.ts';
import type { Plan } from './plan.ts';
import type { Target } from './targets.ts';

/** A target in one round. */
export interface Round extends Loaded {
  /** The server's share of its core: where it is far from 1, something else was the limit. */
  serverShare: number | undefined;
  /** The server's processor time for each request, in microseconds. */
  cpu: number | undefined;
}

/** How many turns come before the first that counts: each key has been called by then, and what is called often is compiled. */
const warmUps = 3;

/** Loads every target in turn, round by round, so that what disturbs the machine disturbs all of them. */
export async function runRounds(
  targets: readonly Target[],
  load: Child,
  plan: Plan,
  say: (line: string) => void,
): Promise<Map<string, Round[]>> {
  const rounds = new Map<string, Round[]>(targets.map(({ name }) => [name, []]));
  for (const target of targets) await run(target, load, plan, warmUps * plan.seconds);
  for (let number = 1; number <= plan.rounds; number += 1) {
    for (const target of targets) rounds.get(target.name)?.push(await run(target, load, plan, plan.seconds));
    say(
      `Round ${number}: ${targets.map(({ name }) => `${name} ${rounds.get(name)?.at(-1)?.perSecond.toFixed(0)}`).join('; ')}`,
    );
  }
  return rounds;
}

async function run(
  { name, pid, ...target }: Target,
  load: Child,
  plan: Plan,
  seconds: number,
): Promise<Round> {
  const work: Work = { ...target, connections: plan.connections, seconds };
  const {
    result,
    cpu,
    seconds: took,
  } = await measured({ server: pid }, async () => {
    const answered = once(load.process, 'message', { signal: AbortSignal.timeout((seconds + 60) * 1_000) });
    load.process.send(work);
    const [loaded] = await answered;
    return loaded as Loaded;
  });
  if (result.failed > 0 || result.failure !== undefined)
    throw new Error(`${name}: ${result.failed} answers were not as expected, such as ${result.failure}`);
  const { server } = cpu;
  return {
    ...result,
    serverShare: server === undefined ? undefined : server / took,
    cpu: server === undefined ? undefined : (server * 1e6) / (result.perSecond * seconds),
  };
}
