import type { Content } from './content.ts';

/** What was written and has not reached the server yet, on this device. */
export interface LocalCopy {
  content: Content;
  /** What the server had when it was written. */
  base: Content;
  /** The request that creates the draft, once it has been sent: it is repeated word for word, or there would be two drafts. */
  creating?: Creation | undefined;
}

/** A request for a draft, under the key that makes its retries one. */
export interface Creation {
  key: string;
  content: Partial<Content>;
}

const nameOf = (owner: string, slot: string) => `keygrant-draft ${owner} ${slot}`;

/** What a person had written, of a draft or of one that is to be created. */
export function readCopy(owner: string, slot: string): LocalCopy | undefined {
  try {
    return (JSON.parse(localStorage.getItem(nameOf(owner, slot)) ?? 'null') as LocalCopy | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it. A device that keeps nothing, or has no room, is no reason to stop anybody from writing. */
export function writeCopy(owner: string, slot: string, copy: LocalCopy | undefined): void {
  try {
    if (copy) localStorage.setItem(nameOf(owner, slot), JSON.stringify(copy));
    else localStorage.removeItem(nameOf(owner, slot));
  } catch {
    // The server has it in a moment anyway.
  }
}
