import type { Database } from '../db/database.ts';
import { heldApplications, type OpenLevel, openLevels, triedMails } from '../db/stuck.ts';
import { momentIn } from '../domain/dates.ts';
import { durationInWords } from '../domain/durations.ts';
import { mailRemedy } from '../mail/refusals.ts';
import type { Finding } from './findings.ts';

/** A mail that failed this often is told of: the first tries are seconds apart. */
export const manyAttempts = 3;
/** What is due is done within moments; later than this it is not coming. */
const graceMs = 5 * 60_000;
/** How long a level may be open where its flow sets no times. */
const longMs = 7 * 86_400_000;
const hourMs = 3_600_000;

/** What the database shows to be stuck: levels, mails, and what people hold back. */
export async function stuckRecords(db: Database, zone: string, now: Date): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const open of openLevels(db)) findings.push(...ofLevel(open));
  for (const { mail, application, answer } of await triedMails(db, manyAttempts)) {
    // Without an answer it was not SMTP that failed: the workflow's activity says what did.
    if (answer === null) continue;
    findings.push({
      id: application.id,
      wrong:
        `the ${mail.kind} mail was tried ${mail.attempts} times since ${momentIn(zone, mail.createdAt)} and is ` +
        `not sent; the server's last answer: ${answer.replace(/\.+$/, '')}`,
      remedy: mailRemedy(answer),
    });
  }
  for (const row of await heldApplications(db)) {
    findings.push({
      id: row.id,
      wrong: `the mail with the credentials is held back by ${row.heldBy}`,
      remedy:
        'It waits until somebody releases or recalls it: POST /v1/applications/{id}/release or …/recall.',
    });
  }
  return findings;

  function ofLevel({ row, level, waitingFor, reminded }: OpenLevel): Finding[] {
    const since = row.levelSince ?? row.stateSince;
    const wait = now.getTime() - since.getTime();
    const name = `level ${row.level} (${level.name})`;
    const who = waitingFor.join(' or ');
    if (waitingFor.length === 0) {
      const { people, roles } = level.reviewers;
      return [
        {
          id: row.id,
          wrong: `nobody can decide ${name} now`,
          remedy:
            `Enable one of its reviewers again, or give a role of it to somebody who has not decided yet ` +
            `(${[...people, ...roles].join(', ')}); a new version of the flow does not reach what is submitted.`,
        },
      ];
    }
    const past = (hours: number | null) => hours !== null && wait > hours * hourMs + graceMs;
    const due = (hours: number | null) => momentIn(zone, new Date(since.getTime() + (hours ?? 0) * hourMs));
    const notDone =
      'Its workflow does not go on: see that a worker runs, and what is said of it here besides.';
    for (const [hours, what] of [
      [level.lapseAfterHours, 'have lapsed'],
      [level.denyAfterHours, 'have been denied'],
      [row.escalatedAt === null ? level.escalateAfterHours : null, 'have been escalated'],
    ] as const) {
      const wrong = `${name} is undecided, and should ${what} at ${due(hours)}`;
      if (past(hours)) return [{ id: row.id, wrong, remedy: notDone }];
    }
    if (past(level.remindAfterHours)) {
      const at = due(level.remindAfterHours);
      return [
        reminded
          ? { id: row.id, wrong: `${name} is overdue since ${at}; reminded`, remedy: `Ask ${who} to decide.` }
          : { id: row.id, wrong: `${name} is overdue, and nobody was reminded at ${at}`, remedy: notDone },
      ];
    }
    const times = [
      level.remindAfterHours,
      level.escalateAfterHours,
      level.lapseAfterHours,
      level.denyAfterHours,
    ];
    if (times.every((hours) => hours === null) && wait > longMs) {
      const days = durationInWords(Math.floor(wait / 86_400_000) * 86_400_000);
      const remedy = `Ask ${who} to decide, and let the flow remind: remindAfterHours.`;
      return [{ id: row.id, wrong: `${name} is open for ${days}`, remedy }];
    }
    return [];
  }
}
