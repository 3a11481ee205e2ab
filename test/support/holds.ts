import postgres from 'postgres';
import { eventually } from './eventually.ts';
import type { Keygrant } from './keygrant.ts';

/** Takes locks as somebody else would, so that whoever needs them stops there, in the middle of its transaction. */
export async function holdLocks({ ownerUrl }: Keygrant, statement: string) {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const watch = postgres(ownerUrl, { max: 1 });
  await owner.unsafe('begin');
  await owner.unsafe(statement);
  return {
    /** Resolves when that many wait for a lock of this database. */
    async arrivals(count: number): Promise<void> {
      await eventually(async () => {
        const rows = await watch`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        return rows.length === count || undefined;
      }, 20_000);
    },
    async release(): Promise<void> {
      await owner.unsafe('rollback');
      await Promise.all([owner.end(), watch.end()]);
    },
  };
}

/** A gate that is shut: whoever comes waits; `arrived` resolves with the first. */
export function holdPassers() {
  let release = () => {};
  let arrive = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  return {
    arrived,
    pass: () => {
      arrive();
      return released;
    },
    release,
  };
}
