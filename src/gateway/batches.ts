/**
 * Answers each item by a statement for all that wait: while one is under way the next ones gather, so that the busier it is
 * the less each costs, and one alone waits for nobody.
 * @param run answers the items in their order
 * @param most how many one statement takes
 */
export function inBatches<T, R>(
  run: (items: readonly T[]) => Promise<readonly (R | Promise<R>)[]>,
  most = 500,
): (item: T) => Promise<R> {
  let waiting: { item: T; resolve: (answer: R) => void; reject: (error: unknown) => void }[] = [];
  let isRunning = false;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const answers = await run(batch.map(({ item }) => item));
        for (const [at, { resolve }] of batch.entries()) resolve(answers[at] as R);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (isRunning) return;
      isRunning = true;
      // What has come with the same reading of the network is taken along.
      setImmediate(() => void work());
    });
}
