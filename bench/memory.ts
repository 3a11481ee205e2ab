import { getHeapStatistics } from 'node:v8';
import { ask, type Child } from './child.ts';
import { usageOf } from './usage.ts';

/**
 * How many workflows a worker keeps in its cache by the SDK's default (1.24, worker-options.js): by the heap's limit, which
 * this process shares with it.
 */
export const cachedWorkflows = Math.max(
  Math.floor((Math.max(getHeapStatistics().heap_size_limit / 2 ** 20 - 200, 0) * 600) / 1024),
  10,
);

/** Memory of a worker process, in MiB. */
export interface Memory {
  /** All of it, as the system counts it; undefined where there is no /proc. */
  resident: number | undefined;
  /** What is in use of the heaps of all its threads after a collection. */
  heap: number;
}

/** Has the worker collect its garbage and looks what is left. */
export async function memoryOf(worker: Child): Promise<Memory> {
  const heaps = await ask<number[]>(worker, 'heap');
  const resident = (await usageOf(worker.pid))?.residentBytes;
  return {
    heap: heaps.reduce((sum, bytes) => sum + bytes, 0) / 2 ** 20,
    resident: resident === undefined ? undefined : resident / 2 ** 20,
  };
}
