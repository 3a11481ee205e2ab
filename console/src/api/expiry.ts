import { useSyncExternalStore } from 'react';

let ended = false;
const watchers = new Set<() => void>();

function set(value: boolean): void {
  if (ended === value) return;
  ended = value;
  for (const watcher of watchers) watcher();
}

/** The API no longer knows the session. Nothing leaves the page for it: a form that was being filled in stays. */
export function sessionEnded(): void {
  set(true);
}

/** Somebody has signed in again. */
export function sessionRenewed(): void {
  set(false);
}

/** Whether the session has ended while the page was open. */
export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => ended,
  );
}
