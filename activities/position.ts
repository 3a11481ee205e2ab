import { eq } from 'drizzle-orm';
import type { Queryable } from '../src/db/database.ts';
import { openLinkOf } from '../src/db/deliveries.ts';
import { isQueued, unsentMails } from '../src/db/mails.ts';
import { applications } from '../src/db/schema/applications.ts';
import { standingsOf } from '../src/db/standings.ts';
import type { ApplicationState } from '../src/domain/application-states.ts';
import { type Deadline, deadlinesOf } from '../src/domain/deadlines.ts';
import { gone } from '../src/domain/faults.ts';
import type { ApplicationKind } from '../src/domain/kinds.ts';
import { handingOver, type MailKind } from '../src/domain/mails.ts';
import { inWords } from '../src/domain/standing.ts';

/** Where an application stands, as its workflow needs to know it: ids and words, no secret. */
export interface Position {
  state: ApplicationState;
  /** What it asks for; absent in histories from before there were kinds. */
  kind?: ApplicationKind;
  level: number | null;
  /** Counts the changes of the application: of two positions, the one with more is the later. */
  revision: number;
  /** Whether the credentials' mail is held back. */
  held: boolean;
  /** When the reviewers of the open level are to be reminded; null when never, or done. ISO 8601. */
  remindAt: string | null;
  /** When the open level is escalated; null when never, or done. ISO 8601. */
  escalateAt?: string | null;
  /** When the application lapses, or is denied, unless the open level is decided; null when never. ISO 8601. */
  lapseAt: string | null;
  /** What it waits for; null where it is about to go on or to end. Absent in answers of before there was this field. */
  waitsFor?: WaitsFor | null;
  /** When that is due: the next of reminder, escalation and end, or the credentials' mail. ISO 8601. */
  dueAt?: string | null;
  /** Mails that are to be sent now. */
  mailIds: string[];
  /** Whether a link to the secret was mailed and waits to be used. */
  linked: boolean;
  /** For Temporal's UI: where it stands and who must act. */
  words: string;
}

/**
 * For operators to search by: reviewers, as they are or after a reminder or an escalation, nobody where none is there who may decide; the release of a
 * held mail, or the time of delivery and then SMTP.
 */
type WaitsFor =
  | 'reviewers'
  | 'reminded-reviewers'
  | 'escalated-reviewers'
  | 'nobody'
  | 'release'
  | 'delivery';

/** Mails that belong to a state and can leave as soon as it is reached; credentials wait for their time. */
const mailsOf: Partial<Record<ApplicationState, readonly MailKind[]>> = {
  pending: ['review', 'reminder', 'escalation'],
  rejected: ['rejection'],
  returned: ['return'],
  lapsed: ['lapse'],
  recalled: ['recall'],
  completed: ['update', 'revocation'],
  issued: handingOver,
};

/** Reads the position of an application from the database, which is the only judge of it. */
export async function positionOf(db: Queryable, applicationId: string, zone: string): Promise<Position> {
  const [row] = await db.select().from(applications).where(eq(applications.id, applicationId));
  if (!row) throw gone(`application ${applicationId}`);
  const { state, level } = row;
  const [stand] = await standingsOf(db, [row]);
  if (!stand) throw new Error(`application ${applicationId} has no standing`);
  const { now, next } = inWords(stand.standing, zone, 'en');
  const open = stand.level;
  const reminder = { applicationId, kind: 'reminder', round: row.round, level: level ?? 0 } as const;
  const reminded = open?.remindAfterHours ? await isQueued(db, reminder) : false;
  const escalated = row.escalatedAt !== null;
  const deadlines = open && row.levelSince ? deadlinesOf(open, row.levelSince, { reminded, escalated }) : [];
  const after = (...events: Deadline['event'][]) =>
    deadlines.find(({ event }) => events.includes(event))?.at.toISOString() ?? null;
  const remindAt = after('remind');
  const escalateAt = after('escalate');
  const lapseAt = after('lapse', 'deny');
  const held = row.heldBy !== null;
  return {
    state,
    kind: row.kind,
    level,
    revision: row.revision,
    held,
    remindAt,
    escalateAt,
    lapseAt,
    waitsFor: waitsFor(),
    dueAt: dueAt(),
    mailIds: await unsentMails(db, applicationId, mailsOf[state] ?? []),
    linked: state === 'delivered' && (await openLinkOf(db, applicationId)) !== undefined,
    words: `**${now}**\n\n${next}`,
  };

  function waitsFor(): WaitsFor | null {
    if (state === 'issued') return held ? 'release' : 'delivery';
    if (state !== 'pending') return null;
    if (stand?.waitingFor.length === 0) return 'nobody';
    if (row?.escalatedAt) return 'escalated-reviewers';
    return reminded ? 'reminded-reviewers' : 'reviewers';
  }

  function dueAt(): string | null {
    if (state === 'issued' && !held) return row?.deliveryDueAt?.toISOString() ?? null;
    return [remindAt, escalateAt, lapseAt].filter((at) => at !== null).toSorted()[0] ?? null;
  }
}
