import { type BenchStack, stopAll } from './stack.ts';
import { type Counted, countedWire } from './wire.ts';

/** Of one application, what a step asked PostgreSQL, from the API and from the worker. */
interface Step {
  name: string;
  api: Counted;
  worker: Counted;
}

/** An application by itself: its steps, and the events of its history by type. */
export interface Anatomy {
  steps: Step[];
  events: Map<string, number>;
  historyBytes: number;
}

/** Nothing is asked for this long: then a step is over, mails included. */
const quietMs = 400;

/**
 * Walks one application after another, each step when the one before it is wholly done, and counts what it asks PostgreSQL
 * on the wire. A Keygrant of its own, since counting takes time; the first applications only fill its caches.
 */
export async function anatomy(stack: BenchStack): Promise<Anatomy> {
  const { applications, client, config, startKeygrant } = stack;
  const wires = { api: await countedWire(config.databaseUrl), worker: await countedWire(config.databaseUrl) };
  const keygrant = await startKeygrant({ api: wires.api.url, worker: wires.worker.url });
  try {
    const quiet = async (): Promise<Omit<Step, 'name'>> => {
      const all = { api: wires.api.take(), worker: wires.worker.take() };
      for (let last = performance.now(); performance.now() - last < quietMs; ) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        for (const from of ['api', 'worker'] as const) {
          const { roundTrips, statements } = wires[from].take();
          if (roundTrips > 0) last = performance.now();
          all[from].roundTrips += roundTrips;
          all[from].statements.push(...statements);
        }
      }
      return all;
    };
    const walk = async (number: number): Promise<{ id: string; steps: Step[] }> => {
      const steps: Step[] = [];
      await quiet();
      const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
        const answer = await work();
        steps.push({ name, ...(await quiet()) });
        return answer;
      };
      const id = await step('draft', () => applications.draft(number));
      const submitted = await step('submission', () => applications.submit(id));
      await step('approval of level 1', () => applications.approve(submitted, 1));
      await step('approval of level 2, key', () => applications.approve(submitted, 2));
      await step('mail after the delay', () => client.workflow.getHandle(id).result());
      return { id, steps };
    };
    // Connections of the pool are used in turn, and each prepares for itself.
    for (let number = 0; number < 12; number += 1) await warm(stack, number);
    const { id, steps } = await walk(99);
    const { events } = await client.workflow.getHandle(id).fetchHistory();
    const description = await client.workflow.getHandle(id).describe();
    return {
      steps,
      events: countBy((events ?? []).map(nameOf)),
      historyBytes: description.historySize ?? 0,
    };
  } finally {
    await stopAll(keygrant);
    wires.api.stop();
    wires.worker.stop();
  }
}

async function warm({ applications, client }: BenchStack, number: number): Promise<void> {
  const submitted = await applications.submit(await applications.draft(number));
  await applications.approve(submitted, 1);
  await applications.approve(submitted, 2);
  await client.workflow.getHandle(submitted.id).result();
}

/** An event's type in words, by the attributes that it has. */
function nameOf(event: object): string {
  const [attributes = ''] = Object.entries(event).flatMap(([name, value]) =>
    name.endsWith('EventAttributes') && value !== null ? [name] : [],
  );
  return attributes.replace('EventAttributes', '');
}

/** How often each occurs, most often first. */
export function countBy(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].toSorted(([, a], [, b]) => b - a));
}
