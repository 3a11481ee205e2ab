/** The environment's variables, or what stands in for them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown with every wrong setting at once: what it is, what it must be. Values are not repeated: some are secret. */
class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`Keygrant cannot start with these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads settings one by one and remembers what is wrong with them, so that all of it can be said at once. */
export class Settings {
  readonly #env: Environment;
  readonly #faults: string[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  /** Notes something wrong that is not one setting's form. */
  fault(message: string): void {
    this.#faults.push(message);
  }

  /** Throws if anything was wrong; call it before anything read is used. */
  check(): void {
    if (this.#faults.length > 0) throw new ConfigError(this.#faults);
  }

  /** A text that may be missing. */
  optional(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  text(name: string, fallback?: string): string {
    const value = this.optional(name) ?? fallback;
    if (value === undefined) this.#faults.push(`${name} is missing`);
    return value ?? '';
  }

  /**
   * A text that means something.
   * @param parse undefined for what does not fit; an error thrown here is told, so it must not hold the value
   * @param must completes "NAME must be …"
   */
  parsed<T>(name: string, parse: (value: string) => T | undefined, must: string, fallback?: string): T {
    const value = this.text(name, fallback);
    let result: T | undefined;
    try {
      result = value === '' ? undefined : parse(value);
      if (result === undefined && value !== '') this.#faults.push(`${name} must be ${must}`);
    } catch (error) {
      this.#faults.push(`${name}: ${error instanceof Error ? error.message : must}`);
    }
    // Never used where it is undefined: check() throws first.
    return result as T;
  }

  url(name: string, protocols: readonly string[], fallback?: string): string {
    return this.parsed(
      name,
      (value) => (URL.canParse(value) && protocols.includes(new URL(value).protocol) ? value : undefined),
      `a URL beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
      fallback,
    );
  }

  count(name: string, fallback: number, least: number, most: number): number {
    const fits = (value: string) =>
      /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
    return this.parsed(
      name,
      (value) => (fits(value) ? Number(value) : undefined),
      `a whole number from ${least} to ${most}`,
      String(fallback),
    );
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const must = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
    return this.parsed(name, (value) => choices.find((choice) => choice === value), must, fallback);
  }
}
