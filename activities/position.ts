import { eq } from 'drizzle-orm';
import type { Queryable } from '../src/db/database.ts';
import { isQueued, unsentMails } from '../src/db/mails.ts';
import { applications } from '../src/db/schema/applications.ts';
import { standingsOf } from '../src/db/standings.ts';
import type { ApplicationState } from '../src/domain/application-states.ts';
import type { MailKind } from '../src/domain/mails.ts';
import { inWords } from '../src/domain/standing.ts';

/** Where an application stands, as its workflow needs to know it: ids and words, no secret. */
export interface Position {
  state: ApplicationState;
  level: number | null;
  /** Counts the changes of the application: of two positions, the one with more is the later. */
  revision: number;
  /** Whether the credentials' mail is held back. */
  held: boolean;
  /** When the reviewers of the open level are to be reminded; null when never, or done. ISO 8601. */
  remindAt: string | null;
  /** When the application lapses unless the open level is decided; null when never. ISO 8601. */
  lapseAt: string | null;
  /** Mails that are to be sent now. */
  mailIds: string[];
  /** For Temporal's UI: where it stands and who must act. */
  words: string;
}

/** Mails that belong to a state and can leave as soon as it is reached; credentials wait for their time. */
const mailsOf: Partial<Record<ApplicationState, readonly MailKind[]>> = {
  pending: ['review', 'reminder'],
  rejected: ['rejection'],
  returned: ['return'],
  lapsed: ['lapse'],
  recalled: ['recall'],
  issued: ['credentials'],
};

/** Reads the position of an application from the database, which is the only judge of it. */
export async function positionOf(db: Queryable, applicationId: string, zone: string): Promise<Position> {
  const [row] = await db.select().from(applications).where(eq(applications.id, applicationId));
  if (!row) throw new Error(`application ${applicationId} is gone`);
  const { state, level } = row;
  const [stand] = await standingsOf(db, [row]);
  if (!stand) throw new Error(`application ${applicationId} has no standing`);
  const { now, next } = inWords(stand.standing, zone);
  const open = stand.level;
  const after = (hours: number | null | undefined) =>
    row.levelSince && hours ? new Date(row.levelSince.getTime() + hours * 3_600_000).toISOString() : null;
  const reminder = { applicationId, kind: 'reminder', round: row.round, level: level ?? 0 } as const;
  const reminded = open?.remindAfterHours ? await isQueued(db, reminder) : false;
  return {
    state,
    level,
    revision: row.revision,
    held: row.heldBy !== null,
    remindAt: reminded ? null : after(open?.remindAfterHours),
    lapseAt: after(open?.lapseAfterHours),
    mailIds: await unsentMails(db, applicationId, mailsOf[state] ?? []),
    words: `**${now}**\n\n${next}`,
  };
}
