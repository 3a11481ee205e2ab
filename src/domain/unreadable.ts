/** Bytes as they are under a version of the key, in hex. */
export interface SealedHex {
  keyVersion: number;
  bytes: string;
}

/**
 * What stands for something that came through Temporal and could not be read; src/temporal/payload-converter.mjs makes
 * it. What was encrypted is kept, where it is short enough to be a decision.
 */
export function isUnreadable(value: unknown): value is { unreadable: true; sealed?: unknown } {
  return typeof value === 'object' && value !== null && 'unreadable' in value && value.unreadable === true;
}

/** What is still encrypted in it. Parsed, since a signal can hold anything, even what only looks like this. */
export function sealedIn(value: unknown): SealedHex | undefined {
  if (!isUnreadable(value) || typeof value.sealed !== 'object' || value.sealed === null) return undefined;
  const { keyVersion, bytes } = value.sealed as Record<string, unknown>;
  if (!Number.isSafeInteger(keyVersion) || typeof bytes !== 'string') return undefined;
  return { keyVersion: Number(keyVersion), bytes };
}
