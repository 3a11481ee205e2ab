/** Nobody waits longer than this for anything, through all outages; milliseconds. */
export const patienceMs = 1_200_000;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Looks again and again until it is so. */
export async function until(done: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + patienceMs;
  for (let wait = 50; !(await done()); wait = Math.min(wait * 2, 1_000)) {
    if (Date.now() > end) throw new Error(`it took longer than twenty minutes for ${what}`);
    await pause(wait);
  }
}
