import { loadApplication, moveApplication } from '../src/db/applications.ts';
import { appendAudit } from '../src/db/audit.ts';
import type { Transaction } from '../src/db/database.ts';
import { isQueued, queueMail, supersedeMails } from '../src/db/mails.ts';
import { findPerson } from '../src/db/people.ts';
import { move } from '../src/domain/application-states.ts';
import type { Dependencies } from './dependencies.ts';
import { ownEvent } from './own-event.ts';
import { type Position, positionOf } from './position.ts';
import { tellReviewers } from './tell-reviewers.ts';

export function createDeadlineActivities({ db, mailer, timeZone }: Dependencies) {
  return {
    /**
     * Reminds those who may decide the level, once; a level that was decided meanwhile is left alone.
     * @param now the workflow's time, ISO 8601
     */
    async remindReviewers(applicationId: string, level: number, now: string): Promise<Position> {
      await db.transaction(async (tx) => {
        const row = await openAt(tx, applicationId, level);
        if (!row) return;
        if (await isQueued(tx, { applicationId, kind: 'reminder', round: row.round, level })) return;
        const told = await tellReviewers(tx, applicationId, 'reminder', mailer.domain, new Date(now));
        await appendAudit(tx, ownEvent(applicationId, 'application.reminded', { ...told }));
      });
      return positionOf(db, applicationId, timeZone);
    },

    /**
     * Puts the level before those to whom it escalates, too, once, and tells everybody who may decide it.
     * @param now the workflow's time, ISO 8601
     */
    async escalate(applicationId: string, level: number, now: string): Promise<Position> {
      await db.transaction(async (tx) => {
        const row = await openAt(tx, applicationId, level);
        if (!row || row.escalatedAt !== null) return;
        const { levelSince, stateSince } = row;
        const escalatedAt = new Date(now);
        await moveApplication(tx, applicationId, row.state, { level, levelSince, stateSince, escalatedAt });
        const told = await tellReviewers(tx, applicationId, 'escalation', mailer.domain, escalatedAt);
        await appendAudit(tx, ownEvent(applicationId, 'application.escalated', { ...told }));
      });
      return positionOf(db, applicationId, timeZone);
    },

    /** Ends an application that nobody has decided in time, as its level says, and tells its applicant. */
    async lapse(applicationId: string, level: number, _now: string): Promise<Position> {
      await db.transaction(async (tx) => {
        const application = await loadApplication(tx, applicationId, { lock: true });
        const row = application?.row;
        const { name, lapseAfterHours, denyAfterHours } = application?.levels[level - 1] ?? {};
        const denies = denyAfterHours !== null && denyAfterHours !== undefined;
        const state = row && move(row.state, denies ? 'deny' : 'lapse');
        if (!state || row.level !== level) return;
        const hours = denyAfterHours ?? lapseAfterHours;
        const ownReason = {
          en: `Level ${level} (${name}) was not decided within ${hours} hours.`,
          'zh-TW': `第 ${level} 關（${name}）在 ${hours} 小時內無人做出決定。`,
        };
        const reason = ownReason.en;
        await moveApplication(tx, applicationId, state, { reason, ownReason });
        await supersedeMails(tx, applicationId, ['review', 'reminder', 'escalation']);
        const applicant = await findPerson(tx, row.applicantId);
        const kind = denies ? 'rejection' : 'lapse';
        const occasion = { applicationId, kind, round: row.round, level: 0 } as const;
        if (applicant) await queueMail(tx, occasion, [applicant], mailer.domain);
        const action = denies ? 'application.timed-out' : 'application.lapsed';
        await appendAudit(tx, ownEvent(applicationId, action, { level, reason }));
      });
      return positionOf(db, applicationId, timeZone);
    },
  };
}

/** The application, locked, if that very level of it is still open. */
async function openAt(tx: Transaction, applicationId: string, level: number) {
  const application = await loadApplication(tx, applicationId, { lock: true });
  const row = application?.row;
  return row?.state === 'pending' && row.level === level ? row : undefined;
}
