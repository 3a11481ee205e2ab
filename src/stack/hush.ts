const hushed = new Set<string>();

/**
 * Keeps lines that a library insists on printing off the console from now on: advice for production that is no news
 * here, and announcements that our own start screen makes. Everything else it prints still appears.
 * @param part what those lines contain
 */
export function hush(part: string): void {
  if (hushed.size === 0) {
    for (const level of ['info', 'warn'] as const) {
      const print = console[level].bind(console);
      console[level] = (...parts: unknown[]) => {
        const line = typeof parts[0] === 'string' ? parts[0] : '';
        if (![...hushed].some((part) => line.includes(part))) print(...parts);
      };
    }
  }
  hushed.add(part);
}
