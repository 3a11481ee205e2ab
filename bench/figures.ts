import { latenciesAt } from './latency.ts';
import { memoryOf } from './memory.ts';
import { type Opened, openApplications } from './open.ts';
import type { Plan } from './plan.ts';
import { anatomy } from './round-trips.ts';
import { type BenchStack, stopAll } from './stack.ts';
import { median } from './table.ts';
import { bareRound, ourRound, type Round } from './throughput.ts';

export type Figures = Awaited<ReturnType<typeof measure>>;

/** Between two looks at a worker's memory, so that an average over many is left where few can be told from noise. */
const thousand = 1_000;

/** Measures everything, one after the other on the same servers. */
export async function measure(stack: BenchStack, plan: Plan, say: (line: string) => void) {
  say('One application by itself …');
  const one = await anatomy(stack);
  const keygrant = await stack.startKeygrant();
  try {
    say('Warming up …');
    const { perRound, atOnce, rounds } = plan;
    const warmUp = Math.ceil(perRound / 4);
    await ourRound(stack, keygrant, warmUp, atOnce);
    await bareRound(stack, warmUp, atOnce);
    const ours: Round[] = [];
    const bare: Round[] = [];
    for (let number = 1; number <= rounds; number += 1) {
      ours.push(await ourRound(stack, keygrant, perRound, atOnce));
      bare.push(await bareRound(stack, perRound, atOnce));
      say(
        `Round ${number}: ${ours.at(-1)?.perSecond.toFixed(1)} a second, bare ${bare.at(-1)?.perSecond.toFixed(1)}`,
      );
    }
    const peak = median(ours.map(({ perSecond }) => perSecond));

    const perSecond = peak / 2;
    const count = Math.ceil(perSecond * plan.latencySeconds);
    const latencies = () =>
      latenciesAt(stack.applications, { perSecond, count, warmUp: Math.ceil(perSecond * 3) });
    const openings: Opened[] = [];
    const openCount = () => openings.reduce((sum, each) => sum + each.byFrontDoor + each.byWorkflow, 0);
    const open = async (upTo: number) => {
      const opened = await openApplications(stack, upTo - openCount(), plan.openBudgetMs);
      openings.push(opened);
      say(`${openCount()} are open after another ${Math.round(opened.seconds)} s.`);
    };
    await open(plan.few);
    say(`Latencies at ${perSecond.toFixed(1)} applications a second …`);
    stack.applications.unknown = 0;
    const withFew = { ...(await latencies()), unknown: stack.applications.unknown };
    const memory = [{ open: plan.few, ...(await memoryOf(keygrant.worker)) }];
    for (const upTo of [Math.min(plan.few + thousand, plan.open), plan.open]) {
      if (upTo <= openCount()) continue;
      await open(upTo);
      memory.push({ open: openCount(), ...(await memoryOf(keygrant.worker)) });
    }
    say('Latencies again, with all of them open …');
    const withMany = { ...(await latencies()), unknown: stack.applications.unknown - withFew.unknown };
    return { one, ours, bare, peak, perSecond, withFew, withMany, memory, openings };
  } finally {
    await stopAll(keygrant);
  }
}
