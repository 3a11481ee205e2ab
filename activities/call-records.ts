import { heartbeat } from '@temporalio/activity';
import { forgetNonces, tellOfRefusals } from '../src/db/call-records.ts';
import type { Dependencies } from './dependencies.ts';

/** How many nonces one statement deletes. */
const batch = 10_000;

export function createCallRecordActivities({ db }: Dependencies) {
  return {
    /**
     * Tells in the audit trail what was refused in each hour that is over, and forgets nonces that cannot come again. Each
     * step is a transaction of its own; run again it goes on with the rest.
     */
    async recordCalls(): Promise<void> {
      const now = new Date();
      while (await tellOfRefusals(db, now)) heartbeat();
      while ((await forgetNonces(db, now, batch)) === batch) heartbeat();
    },
  };
}
