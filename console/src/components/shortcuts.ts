import { useEffect, useRef, useSyncExternalStore } from 'react';

const kept = 'keygrant-single-keys';
const watchers = new Set<() => void>();

/** Whether single letters act on this device: speech input and slips of the hand press them, too (WCAG 2.1.4). */
export function useSingleKeys(): [isOn: boolean, set: (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => localStorage.getItem(kept) !== 'off',
  );
  const set = (next: boolean) => {
    localStorage.setItem(kept, next ? 'on' : 'off');
    for (const watcher of watchers) watcher();
  };
  return [isOn, set];
}

/**
 * Keys that act on the whole page, by `KeyboardEvent.key`. They rest while somebody writes, while a dialog is open, and, all
 * but `?` and those with Ctrl or ⌘ (`mod+Enter`), where single keys are switched off.
 */
export function useShortcuts(actions: Record<string, () => void>): void {
  const [isOn] = useSingleKeys();
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey || event.defaultPrevented || document.querySelector('[role=dialog]')) return;
      const isModified = event.ctrlKey || event.metaKey;
      if (!isModified && (isWriting(event.target) || !(isOn || event.key === '?'))) return;
      const action = latest.current[isModified ? `mod+${event.key}` : event.key];
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    document.addEventListener('keydown', pressed, { capture: true });
    return () => document.removeEventListener('keydown', pressed, { capture: true });
  }, [isOn]);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]')
    ? !(target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type))
    : false;
}

/** Lets a list or menu that has the focus move on, as its own arrow keys do. */
export function pressArrow(key: 'ArrowDown' | 'ArrowUp'): void {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }),
  );
}
