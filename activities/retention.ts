import { erase, findErasable } from '../src/db/retention.ts';
import type { Dependencies } from './dependencies.ts';

/** How many of each kind one attempt erases, well within its time. */
const batch = 50;

export function createRetentionActivities({ db, retentionYears }: Dependencies) {
  return {
    /**
     * Erases what is personal in a few things whose time has come, each in a transaction of its own. Run again it goes on
     * with the next; 0 when there is nothing left.
     */
    async erasePersonal(): Promise<number> {
      if (retentionYears === undefined) return 0;
      const now = new Date();
      let erased = 0;
      for (const each of await findErasable(db, retentionYears, now, batch))
        if (await erase(db, each, retentionYears, now)) erased += 1;
      return erased;
    },
  };
}
