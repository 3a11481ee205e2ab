import { heartbeat } from '@temporalio/activity';
import { forgetCalls, forgetNonces, tellOfRefusals } from '../src/db/call-records.ts';
import { dateIn } from '../src/domain/dates.ts';
import type { Dependencies } from './dependencies.ts';

/** How many nonces one statement deletes. */
const batch = 10_000;

/** Days of which calls are counted, and some to spare. */
const daysKept = 100;

export function createCallRecordActivities({ db, timeZone }: Dependencies) {
  return {
    /**
     * Tells in the audit trail what was refused in each hour that is over, and forgets nonces that cannot come again, and calls
     * of days that nobody is shown any more. Each
     * step is a transaction of its own; run again it goes on with the rest.
     */
    async recordCalls(): Promise<void> {
      const now = new Date();
      while (await tellOfRefusals(db, now)) heartbeat();
      while ((await forgetNonces(db, now, batch)) === batch) heartbeat();
      await forgetCalls(db, dateIn(timeZone, new Date(now.getTime() - daysKept * 86_400_000)));
    },
  };
}
