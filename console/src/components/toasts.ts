import { useSyncExternalStore } from 'react';
import { UNSTABLE_ToastQueue as Queue } from 'react-aria-components';

/** What is being told; shown by the region in toast-region.tsx. */
export const queue = new Queue<string>({ maxVisibleToasts: 3 });

/** Says for some seconds what the server has said is done. Never what is only hoped for, and never a refusal. */
export function tell(words: string): void {
  queue.add(words, { timeout: 6_000 });
}

/** Whether something is being told: most pages never need the region. */
export function useHasToasts(): boolean {
  return useSyncExternalStore(
    (watcher) => queue.subscribe(watcher),
    () => queue.visibleToasts.length > 0,
  );
}
