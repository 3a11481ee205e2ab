import type postgres from 'postgres';

/** The channel that the trigger `audit_notify` tells of new audit rows about applications, by the application's id. */
const channel = 'keygrant_timelines';

export type TimelineFeed = ReturnType<typeof createTimelineFeed>;

/**
 * Tells followers that something new happened to an application, in whatever process: one connection listens for all of
 * them. Being told says only that it is worth a look. Nobody is told while that connection is lost (it comes back by
 * itself, and then everybody is), so followers look by themselves, too, every `idleMs`.
 */
export function createTimelineFeed(connection: postgres.Sql, idleMs = 15_000) {
  const followers = new Map<string, Set<() => void>>();
  let listening: Promise<unknown> | undefined;
  const tellAll = () => {
    for (const tell of [...followers.values()].flatMap((group) => [...group])) tell();
  };
  const listen = () =>
    connection
      .listen(
        channel,
        (id) => {
          for (const tell of followers.get(id) ?? []) tell();
        },
        tellAll,
      )
      // Out of reach: the library tries again by itself.
      .catch(() => undefined);

  return {
    idleMs,
    /** @returns ends it */
    follow(applicationId: string, tell: () => void): () => void {
      listening ??= listen();
      const group = followers.get(applicationId) ?? new Set();
      followers.set(applicationId, group.add(tell));
      return () => {
        group.delete(tell);
        if (group.size === 0) followers.delete(applicationId);
      };
    },
  };
}
