import { onlineManager } from '@tanstack/react-query';

/** How often it is asked whether the API is back. */
const probeMs = 3_000;
let probing: ReturnType<typeof setInterval> | undefined;
/** By how much the server's clock is ahead of this one, in milliseconds. */
let ahead = 0;

/**
 * A request got no answer at all: the network or the API is gone. Queries wait from now on; they go on when the API is heard
 * again, which is asked for until then. (A browser's own word about being online says nothing about the API.)
 */
export function connectionLost(): void {
  onlineManager.setOnline(false);
  probing ??= setInterval(() => {
    void fetch('/readyz', { cache: 'no-store' }).then(heardFrom, () => {});
  }, probeMs);
}

/** Something answered: there is a connection, and its Date tells the server's time to the second. */
export function heardFrom(response: Response): void {
  const date = Date.parse(response.headers.get('date') ?? '');
  if (Number.isFinite(date) && Math.abs(date - Date.now() - ahead) > 2_000) ahead = date - Date.now();
  if (probing === undefined) return;
  clearInterval(probing);
  probing = undefined;
  onlineManager.setOnline(true);
}

/** Now, by the server's clock: what it says is due is due by it, not by a clock that somebody set wrong. */
export function serverNow(): Date {
  return new Date(Date.now() + ahead);
}
