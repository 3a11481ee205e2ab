import { eq } from 'drizzle-orm';
import type { Queryable } from '../src/db/database.ts';
import { unsentMails } from '../src/db/mails.ts';
import { applications } from '../src/db/schema.ts';
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
  /** Mails that are to be sent now. */
  mailIds: string[];
  /** For Temporal's UI: where it stands and who must act. */
  words: string;
}

/** Mails that belong to a state and can leave as soon as it is reached; credentials wait for their time. */
const mailsOf: Partial<Record<ApplicationState, MailKind>> = {
  pending: 'review',
  rejected: 'rejection',
  returned: 'return',
  recalled: 'recall',
  issued: 'credentials',
};

/** Reads the position of an application from the database, which is the only judge of it. */
export async function positionOf(db: Queryable, applicationId: string, zone: string): Promise<Position> {
  const [row] = await db.select().from(applications).where(eq(applications.id, applicationId));
  if (!row) throw new Error(`application ${applicationId} is gone`);
  const { state, level } = row;
  const [stand] = await standingsOf(db, [row]);
  if (!stand) throw new Error(`application ${applicationId} has no standing`);
  const { now, next } = inWords(stand.standing, zone);
  const kind = mailsOf[state];
  return {
    state,
    level,
    revision: row.revision,
    held: row.heldBy !== null,
    mailIds: kind ? await unsentMails(db, applicationId, [kind]) : [],
    words: `**${now}**\n\n${next}`,
  };
}
