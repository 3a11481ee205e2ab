import { type SQL, sql } from 'drizzle-orm';
import type { ApplicationState } from '../domain/application-states.ts';
import type { MailKind } from '../domain/mails.ts';
import type { Database } from './database.ts';
import { applications } from './schema/applications.ts';
import { flowLevels } from './schema/flows.ts';
import { mails } from './schema/mails.ts';

/** How much there is of what, and for how long already; ages in seconds. */
export interface Figures {
  applications: { state: ApplicationState; count: number; oldest: number }[];
  held: number;
  /** Open levels past the time of their reminder, of an escalation that has not come, and of their end by lapse or denial. */
  overdue: { reminder: number; escalation: number; lapse: number };
  /** Mails that could leave now and have not; `attempts` is the most that one of them took so far. */
  mails: { kind: MailKind; count: number; oldest: number; attempts: number }[];
}

/** A scrape must not be what brings the database down. */
const timeLimitMs = 2_000;

/** Counts what is there, in one statement that reads indexes; gives up after two seconds. */
export async function figuresOf(db: Database): Promise<Figures> {
  const json = (query: SQL) => sql`(select coalesce(json_agg(t), '[]') from (${query}) t)`;
  const seconds = (moment: SQL) => sql`greatest(0, extract(epoch from now() - ${moment}))::float8`;
  const past = (hours: SQL) =>
    sql`count(*) filter (where ${applications.levelSince} + ${hours} * interval '1 hour' < now())::int`;
  const due = sql`greatest(${mails.createdAt}, ${mails.dueAt}, case when ${mails.kind} = 'credentials' then ${applications.deliveryDueAt} end)`;
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`set local statement_timeout = ${sql.raw(String(timeLimitMs))}`);
      const [row] = await tx.execute<{ figures: Figures }>(sql`
        select json_build_object(
          'applications', ${json(sql`
            select ${applications.state} as state, count(*)::int as count,
              ${seconds(sql`min(${applications.stateSince})`)} as oldest
            from ${applications} group by ${applications.state}`)},
          'held', (select count(*)::int from ${applications}
            where ${applications.state} = 'issued' and ${applications.heldBy} is not null),
          'overdue', (
            select json_build_object(
              'reminder', ${past(sql`${flowLevels.remindAfterHours}`)},
              'escalation', ${past(sql`case when ${applications.escalatedAt} is null then ${flowLevels.escalateAfterHours} end`)},
              'lapse', ${past(sql`coalesce(${flowLevels.lapseAfterHours}, ${flowLevels.denyAfterHours})`)})
            from ${applications} join ${flowLevels}
              on ${flowLevels.flowId} = ${applications.flowId} and ${flowLevels.flowVersion} = ${applications.flowVersion}
              and ${flowLevels.level} = ${applications.level}
            where ${applications.state} = 'pending'),
          'mails', ${json(sql`
            select ${mails.kind} as kind, count(*)::int as count, ${seconds(sql`min(${due})`)} as oldest,
              max(${mails.attempts})::int as attempts
            from ${mails} join ${applications} on ${applications.id} = ${mails.applicationId}
            where ${mails.state} in ('queued', 'sending') and (${mails.dueAt} is null or ${mails.dueAt} <= now()) and (${mails.kind} <> 'credentials' or (
              ${applications.state} = 'issued' and ${applications.heldBy} is null and ${applications.deliveryDueAt} <= now()))
            group by ${mails.kind}`)}
        ) as figures`);
      if (!row) throw new Error('PostgreSQL answered without a row');
      return row.figures;
    },
    { accessMode: 'read only' },
  );
}
