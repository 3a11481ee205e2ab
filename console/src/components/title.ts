import { useEffect } from 'react';

/** Names the browser's tab, by what stands in the page's heading; nothing where it is not the page's. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Keygrant`;
  }, [title]);
}
