import type { BenchStack, Keygrant } from './stack.ts';
import { measured } from './usage.ts';

/** One round: how many a second went from the start through two approvals to the end of the workflow. */
export interface Round {
  perSecond: number;
  /** Processor seconds per application, by process. */
  cpu: Record<string, number>;
  /** The driver's share of one core. */
  driverShare: number;
}

/** Walks `count` of ours; drafts are written before the clock starts, since the bare workflow has none. */
export async function ourRound(stack: BenchStack, keygrant: Keygrant, count: number, atOnce: number) {
  const { applications, client, pids } = stack;
  const drafts: string[] = [];
  await inParallel(count, atOnce, async (number) => {
    drafts[number] = await applications.draft(number);
  });
  const { postgres, temporal, smtp } = pids;
  const processes = { api: keygrant.api.pid, worker: keygrant.worker.pid, postgres, temporal, smtp };
  return round(processes, count, atOnce, async (number) => {
    const submitted = await applications.submit(drafts[number] ?? '');
    await applications.approve(submitted, 1);
    await applications.approve(submitted, 2);
    await client.workflow.getHandle(submitted.id).result();
  });
}

let bareBefore = 0;

/** Walks `count` bare workflows. */
export async function bareRound({ bare, pids }: BenchStack, count: number, atOnce: number) {
  bareBefore += 1;
  const processes = { worker: pids.bareWorker, temporal: pids.temporal };
  return round(processes, count, atOnce, (number) => bare.walk(`bare-${bareBefore}-${number}`));
}

async function round(
  pids: Record<string, number>,
  count: number,
  atOnce: number,
  walk: (number: number) => Promise<void>,
): Promise<Round> {
  const { seconds, cpu } = await measured(pids, () => inParallel(count, atOnce, walk));
  return {
    perSecond: count / seconds,
    cpu: Object.fromEntries(Object.entries(cpu).map(([name, used]) => [name, used / count])),
    driverShare: (cpu['driver'] ?? 0) / seconds,
  };
}

/** Does something `count` times, `atOnce` at a time, numbered from 0. */
export async function inParallel(
  count: number,
  atOnce: number,
  work: (number: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const one = async () => {
    for (let number = next; number < count; number = next) {
      next += 1;
      await work(number);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, one));
}
