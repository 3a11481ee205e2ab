import type { ChangeFeed, ChangeKind } from './changes.ts';

/** What was read and is known to be true still, or was a second ago at most. */
export interface FreshCache<T> {
  /** What is kept under that name; undefined where it must be read. Nothing while the feed is not trusted. */
  get(name: string): T | undefined;
  /** Reads, and keeps what was found unless something changed meanwhile. What is not there is not kept. */
  read(name: string, find: () => Promise<T | undefined>): Promise<T | undefined>;
  drop(name: string): void;
}

/**
 * Keeps rows by name for as long as a feed vouches for them. Two generations bound it: what is asked for moves to the
 * younger, and when that is half of all, the older is forgotten. So a hit costs a look, not a list to keep in order.
 * @param most how many it may hold; 0 for none
 * @param feed without one nothing is kept
 */
export function createFreshCache<T>(
  kind: ChangeKind,
  most: number,
  feed: Pick<ChangeFeed, 'isTrusted' | 'epoch' | 'onChange'> | undefined,
): FreshCache<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  const drop = (name: string) => {
    young.delete(name);
    old.delete(name);
  };
  feed?.onChange((changed, name) => {
    if (changed === kind) drop(name);
    if (changed === 'all') [young, old] = [new Map(), new Map()];
  });
  const keep = (name: string, value: T) => {
    if (young.size >= most / 2) [young, old] = [new Map(), young];
    young.set(name, value);
  };
  return {
    get(name) {
      if (most === 0 || !feed?.isTrusted()) return undefined;
      const recent = young.get(name);
      if (recent !== undefined) return recent;
      const value = old.get(name);
      if (value !== undefined) {
        old.delete(name);
        keep(name, value);
      }
      return value;
    },
    async read(name, find) {
      // Both before: a change may be heard before the answer is.
      const trusted = most > 0 && feed?.isTrusted();
      const epoch = feed?.epoch();
      const value = await find();
      if (trusted && value !== undefined && epoch === feed?.epoch()) keep(name, value);
      return value;
    },
    drop,
  };
}
