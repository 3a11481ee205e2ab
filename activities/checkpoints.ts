import { log } from '@temporalio/activity';
import { writeCheckpoint } from '../src/db/checkpoints.ts';
import type { Dependencies } from './dependencies.ts';

export function createCheckpointActivities({ db, masterKeys }: Dependencies) {
  return {
    /**
     * Signs where the audit chain stands. The note leaves the database by two ways: by the log, and as the answer, which
     * Temporal keeps. Run again it answers with the same note unless something has happened in between.
     */
    async checkpointAudit(): Promise<string> {
      const checkpoint = await writeCheckpoint(db, masterKeys);
      if (checkpoint === undefined) return 'There is nothing on record yet.';
      log.info('audit checkpoint', { checkpoint });
      return checkpoint;
    },
  };
}
