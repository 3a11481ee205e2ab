import { useEffect, useRef } from 'react';

/** Leads the focus to what has just appeared in place of what had it. */
export function useFocusOnce<T extends HTMLElement>() {
  const ref = useRef<T>(null);
  useEffect(() => ref.current?.focus(), []);
  return ref;
}
