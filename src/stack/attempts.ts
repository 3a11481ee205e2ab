/** One way to come by something. */
export interface Attempt {
  /** How, in words. */
  way: string;
  /** Does it, or throws an Error that says why not. */
  run: () => Promise<void>;
}

/**
 * Tries one way after the other until one works.
 * @param what what is wanted, e.g. "a Temporal server"
 * @param failed ways that were tried before, each with the reason why they did not work
 * @param help what somebody can do about it when nothing works
 * @throws Error that lists every way with its reason, and the help
 */
export async function firstThatWorks(
  what: string,
  attempts: readonly Attempt[],
  failed: readonly string[],
  help: readonly string[],
): Promise<void> {
  const reasons = [...failed];
  for (const { way, run } of attempts) {
    try {
      await run();
      return;
    } catch (error) {
      reasons.push(`${way}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    [
      `There is no way to come by ${what} here. Tried:`,
      ...reasons.map((reason) => `  - ${reason}`),
      'Any of these helps:',
      ...help.map((line) => `  - ${line}`),
    ].join('\n'),
  );
}
