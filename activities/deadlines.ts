import { loadApplication, moveApplication } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import { isQueued, queueMail, supersedeMails } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import { move } from '../src/domain/application-states.ts';
import type { Dependencies } from './dependencies.ts';
import { ownEvent } from './own-event.ts';
import { type Position, positionOf } from './position.ts';
import { tellReviewers } from './tell-reviewers.ts';

export function createDeadlineActivities({ db, mailer, timeZone }: Dependencies) {
  return {
    /** Reminds those who may decide the level, once; a level that was decided meanwhile is left alone. */
    async remindReviewers(applicationId: string, level: number): Promise<Position> {
      await db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        const row = application?.row;
        if (row?.state !== 'pending' || row.level !== level) return;
        if (await isQueued(tx, { applicationId, kind: 'reminder', round: row.round, level })) return;
        const told = await tellReviewers(tx, applicationId, 'reminder', mailer.domain);
        await appendAudit(tx, ownEvent(applicationId, 'application.reminded', { ...told }));
      });
      return positionOf(db, applicationId, timeZone);
    },

    /** Lets an application lapse that nobody has decided in time, and tells its applicant. */
    async lapse(applicationId: string, level: number): Promise<Position> {
      await db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        const row = application?.row;
        const state = row && move(row.state, 'lapse');
        if (!state || row.level !== level) return;
        const { name, lapseAfterHours } = application?.levels[level - 1] ?? {};
        const reason = `Level ${level} (${name}) was not decided within ${lapseAfterHours} hours.`;
        await moveApplication(tx, applicationId, state, { reason });
        await supersedeMails(tx, applicationId, ['review', 'reminder']);
        const applicant = await findPerson(tx, row.applicantId);
        const occasion = { applicationId, kind: 'lapse', round: row.round, level: 0 } as const;
        if (applicant) await queueMail(tx, occasion, [applicant], mailer.domain);
        await appendAudit(tx, ownEvent(applicationId, 'application.lapsed', { level, reason }));
      });
      return positionOf(db, applicationId, timeZone);
    },
  };
}
