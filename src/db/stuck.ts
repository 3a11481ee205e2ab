import { and, eq, gt, gte, inArray, isNotNull, lte, or, sql } from 'drizzle-orm';
import type { Level } from '../domain/levels.ts';
import type { ApplicationRow } from './applications.ts';
import type { Queryable } from './database.ts';
import { isUnsent } from './mails.ts';
import { applications } from './schema/applications.ts';
import { mailAttempts, mails } from './schema/mails.ts';
import { standingsOf } from './standings.ts';

/** How many applications are looked at in one go. */
const batch = 500;

/** An open level, and who may decide it now. */
export interface OpenLevel {
  row: ApplicationRow;
  level: Level;
  /** Names. */
  waitingFor: string[];
  reminded: boolean;
}

/** Every level that is open, those that have been longest first. */
export async function* openLevels(db: Queryable): AsyncGenerator<OpenLevel> {
  let after = '';
  for (;;) {
    const rows = await db
      .select()
      .from(applications)
      .where(and(eq(applications.state, 'pending'), gt(applications.id, after)))
      .orderBy(applications.id)
      .limit(batch);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    const reminders = await db
      .select({ id: mails.applicationId, round: mails.round, level: mails.level })
      .from(mails)
      .where(
        and(
          eq(mails.kind, 'reminder'),
          inArray(
            mails.applicationId,
            rows.map(({ id }) => id),
          ),
        ),
      );
    const stands = await standingsOf(db, rows);
    for (const [index, row] of rows.entries()) {
      const { level, waitingFor = [] } = stands[index] ?? {};
      if (!level) continue;
      yield {
        row,
        level,
        waitingFor: waitingFor.map(({ name }) => name),
        reminded: reminders.some(
          (each) => each.id === row.id && each.round === row.round && each.level === row.level,
        ),
      };
    }
  }
}

/** Mails that have been tried that often and are not sent, with the server's last answer; null where an attempt was cut off. */
export async function triedMails(db: Queryable, leastAttempts: number) {
  return db
    .select({ mail: mails, application: applications, answer: mailAttempts.answer })
    .from(mails)
    .innerJoin(applications, eq(applications.id, mails.applicationId))
    .leftJoin(
      mailAttempts,
      and(
        eq(mailAttempts.mailId, mails.id),
        // The last that has ended: one may be under way.
        eq(
          mailAttempts.number,
          sql`(select max(a.number) from ${mailAttempts} a where a.mail_id = ${mails.id} and a.ended_at is not null)`,
        ),
      ),
    )
    .where(and(isUnsent, gte(mails.attempts, leastAttempts)))
    .orderBy(mails.createdAt);
}

/** Applications whose credentials somebody holds back. */
export async function heldApplications(db: Queryable): Promise<ApplicationRow[]> {
  return db
    .select()
    .from(applications)
    .where(isNotNull(applications.heldBy))
    .orderBy(applications.stateSince);
}

/**
 * Applications that a workflow must be carrying: under review, approved, issued, or ended with a mail still to be sent.
 * @param before not those that have changed since; the workflow may be about to go on
 */
export async function carriedApplications(db: Queryable, before: Date): Promise<ApplicationRow[]> {
  const owed = db.select({ id: mails.applicationId }).from(mails).where(isUnsent);
  return db
    .select()
    .from(applications)
    .where(
      and(
        lte(applications.stateSince, before),
        or(
          inArray(applications.state, ['pending', 'approved', 'issued']),
          and(
            inArray(applications.state, ['rejected', 'returned', 'lapsed', 'recalled', 'completed']),
            inArray(applications.id, owed),
          ),
        ),
      ),
    )
    .orderBy(applications.stateSince);
}
