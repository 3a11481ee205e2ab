/**
 * Asks again until there is an answer: for what happens by itself soon, on its own time. Fails after half a minute: the
 * machine may have much else to do.
 * @param ask undefined means not yet
 */
export async function eventually<T>(ask: () => Promise<T | undefined>, patienceMs = 30_000): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`it did not happen within ${patienceMs} ms: ${ask.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
