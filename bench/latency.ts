import type { Applications } from './applications.ts';

/** Milliseconds of each request at a fixed rate, from when it was to start. */
export interface Latencies {
  submission: number[];
  decision: number[];
}

/** How long after its submission, and after one another, the reviewers decide. */
const thinkMs = 1_500;

/**
 * Submits and decides at a fixed rate, whatever the answers take: a slow one must not spare the service the next ones, and
 * each is measured from the moment at which it was to start ("coordinated omission", Gil Tene). The first `warmUp` applications
 * are not measured.
 * @param perSecond applications a second
 */
export async function latenciesAt(
  applications: Applications,
  { perSecond, count, warmUp }: { perSecond: number; count: number; warmUp: number },
): Promise<Latencies> {
  const latencies: Latencies = { submission: [], decision: [] };
  const drafts: string[] = [];
  for (let number = 0; number < count + warmUp; number += 1) drafts.push(await applications.draft(number));

  const begun = performance.now() + 100;
  const walk = async (draft: string, number: number) => {
    const due = begun + (number / perSecond) * 1_000;
    const from = async <T>(intended: number, into: number[], work: () => Promise<T>): Promise<T> => {
      await until(intended);
      const answer = await work();
      if (number >= warmUp) into.push(performance.now() - intended);
      return answer;
    };
    const submitted = await from(due, latencies.submission, () => applications.submit(draft));
    for (const level of [1, 2] as const)
      await from(due + level * thinkMs, latencies.decision, () => applications.approve(submitted, level));
  };
  await Promise.all(drafts.map(walk));
  return latencies;
}

async function until(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

/** The value that a share of all does not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
