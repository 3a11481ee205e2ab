import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';

/** The channel on which triggers tell, at each commit, what of {@link ChangeKind} has changed. */
const channel = 'keygrant_changes';

/** What can be told of: a key by its public half, a person by id. What may concern many of them is told as `all`. */
export type ChangeKind = 'key' | 'person';

export type ChangeFeed = ReturnType<typeof openChangeFeed>;

/** How often the connection is proved, and for how long a proof counts: together less than the second that is promised. */
const everyMs = 250;
const trustedMs = 800;
/** Without an answer for so long a connection is given up, whatever TCP believes. */
const givenUpMs = 2_000;
/** Nobody asks any more: no proof is needed until somebody does. */
const idleMs = 10_000;

/**
 * Hears of changes that other processes make, so that what was read can be kept: a connection of its own listens.
 *
 * Notifications are delivered in the order of the commits (PostgreSQL: NOTIFY), so the return of a notification that was
 * sent at some moment proves that everything committed before that moment has been heard. This feed sends itself one every
 * quarter of a second. While the last that came back is younger than 0.8 s the feed is trusted, by the clock of this process
 * alone: whatever stalls (the network, the server, this process) leads to no proof, and so to no trust.
 * Behind a pooler that gives each transaction another connection nothing is ever heard, and so nothing kept.
 * @param onTrouble told when it is no longer heard, not at each vain attempt to hear again
 */
export function openChangeFeed(url: string, onTrouble: (error: unknown) => void = () => undefined) {
  const me = randomUUID();
  const listeners = new Set<(kind: ChangeKind | 'all', name: string) => void>();
  let epoch = 0;
  let isTroubled = false;
  let provenAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;
  const ending = new AbortController();
  let wake = () => {};

  function tell(kind: ChangeKind | 'all', name: string): void {
    epoch += 1;
    for (const listener of listeners) listener(kind, name);
  }

  /** One connection, until it is lost. */
  async function listen(): Promise<void> {
    /** When each proof that has not come back was sent. */
    const sent = new Map<string, number>();
    let count = 0;
    const options = {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: 2,
      fetch_types: false,
      onnotice: () => {},
      // A proof is no change: nothing is lost with it.
      connection: { application_name: 'keygrant changes', synchronous_commit: 'off' },
      onnotify: (_channel: string, payload: string) => {
        const [kind, name = ''] = payload.split(':', 2);
        if (kind === 'key' || kind === 'person' || kind === 'all') tell(kind, name);
        const at = sent.get(payload);
        if (at === undefined) return;
        sent.delete(payload);
        provenAt = Math.max(provenAt, at);
        isTroubled = false;
      },
    };
    const sql = postgres(url, options as postgres.Options<Record<string, never>>);
    try {
      await within(givenUpMs, sql.unsafe(`listen ${channel}`));
      // Nothing is known of the time before.
      tell('all', '');
      while (!ending.signal.aborted) {
        if (performance.now() - askedAt > idleMs) await new Promise<void>((resolve) => (wake = resolve));
        const proof = `proof:${me}-${(count += 1)}`;
        sent.set(proof, performance.now());
        await within(givenUpMs, sql`select pg_notify(${channel}, ${proof})`);
        await delay(everyMs, undefined, { ref: false });
        const oldest = Math.min(...sent.values());
        if (performance.now() - oldest > givenUpMs) throw new Error('no notification comes through');
      }
    } finally {
      provenAt = Number.NEGATIVE_INFINITY;
      tell('all', '');
      await sql.end({ timeout: 0 });
    }
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await listen().catch((error: unknown) => {
        if (!isTroubled && !ending.signal.aborted) onTrouble(error);
        isTroubled = true;
      });
      if (!ending.signal.aborted) await delay(everyMs, undefined, { ref: false });
    }
  }

  return {
    /** Whether everything that was committed a second ago has been heard. The first question opens the connection. */
    isTrusted(): boolean {
      const now = performance.now();
      askedAt = now;
      if (now - provenAt < trustedMs) return true;
      running ??= run();
      wake();
      return false;
    },
    /** Counts everything that was heard: what was read before it last grew may be stale. */
    epoch: () => epoch,
    /** @param listener told what has changed; `all`: anything may have */
    onChange(listener: (kind: ChangeKind | 'all', name: string) => void): void {
      listeners.add(listener);
    },
    async close(): Promise<void> {
      ending.abort();
      wake();
      await running;
    },
  };
}

/** Fails where an answer does not come in time: a half-open connection gives none, and no error either. */
async function within<T>(ms: number, answer: PromiseLike<T>): Promise<T> {
  const late = new AbortController();
  const timeout = delay(ms, undefined, { signal: late.signal, ref: false }).then(
    () => Promise.reject(new Error(`no answer within ${ms} ms`)),
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    late.abort();
  }
}
