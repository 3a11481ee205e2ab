import { type LoadedApplication, loadApplication } from '../src/db/applications.ts';
import type { Queryable } from '../src/db/database.ts';
import { unsentMails } from '../src/db/mails.ts';
import { reviewersOf } from '../src/db/people.ts';
import type { ApplicationState } from '../src/domain/application-states.ts';
import { whoMayDecide } from '../src/domain/levels.ts';
import type { MailKind } from '../src/domain/mails.ts';
import { inWords } from '../src/domain/standing.ts';

/** Where an application stands, as its workflow needs to know it: ids and words, no secret. */
export interface Position {
  state: ApplicationState;
  level: number | null;
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
  issued: 'credentials',
};

/** Reads the position of an application from the database, which is the only judge of it. */
export async function positionOf(db: Queryable, applicationId: string, zone: string): Promise<Position> {
  const application = await loadApplication(db, applicationId);
  if (!application) throw new Error(`application ${applicationId} is gone`);
  const { state, level } = application.row;
  const kind = mailsOf[state];
  return {
    state,
    level,
    mailIds: kind ? await unsentMails(db, applicationId, [kind]) : [],
    words: await wordsFor(db, application, zone),
  };
}

async function wordsFor(db: Queryable, application: LoadedApplication, zone: string): Promise<string> {
  const { row, levels, decided } = application;
  const level = row.level === null ? undefined : levels[row.level - 1];
  const waitingFor = level
    ? whoMayDecide(level, await reviewersOf(db, [level]), row.applicantId, decided)
    : [];
  const { now, next } = inWords(
    {
      state: row.state,
      level: row.level,
      levels: levels.length,
      levelName: level?.name ?? null,
      waitingFor: waitingFor.map((person) => person.name),
      deliveryDueAt: row.deliveryDueAt,
      reason: row.reason,
    },
    zone,
  );
  return `**${now}**\n\n${next}`;
}
