/** How long a request waits for a workflow to record what it asked for, before it answers 202. */
const patienceMs = 2_000;

/**
 * Asks until there is an answer or patience runs out: soon at first, then every 100 ms. Polling one indexed row beats
 * a subscription here: it needs no connection of its own and cannot miss anything.
 */
export async function waitFor<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  const end = Date.now() + patienceMs;
  for (let pause = 10; ; pause = Math.min(pause * 2, 100)) {
    const answer = await ask();
    if (answer !== undefined || Date.now() + pause > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
