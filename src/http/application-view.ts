import { inArray } from 'drizzle-orm';
import type { Static } from 'typebox';
import type { listApplications } from '../db/application-lists.ts';
import { contentOf, loadApplication, surroundingsOf } from '../db/applications.ts';
import type { Database } from '../db/database.ts';
import { findPerson, reviewersOf } from '../db/people.ts';
import { findEntry } from '../db/registry.ts';
import { apis, clients } from '../db/schema.ts';
import { decisionsOf, keyOf, mailsOf, trailOf } from '../db/trails.ts';
import { violationsOf } from '../domain/application.ts';
import { isEditable, stateNames } from '../domain/application-states.ts';
import { whoMayDecide } from '../domain/levels.ts';
import { inWords } from '../domain/standing.ts';
import { eventInWords } from '../domain/timeline.ts';
import type { Application, ApplicationSummary } from './application-schemas.ts';
import type { Caller } from './auth.ts';

type Row = Awaited<ReturnType<typeof listApplications>>[number];

/** One line of a list. */
export function summarise({
  application,
  clientName,
  applicantName,
}: Row): Static<typeof ApplicationSummary> {
  const { id, state, level, keyName, effectiveOn, expiresOn, quota, clientId } = application;
  return {
    id,
    state,
    stateName: stateNames[state],
    stateSince: application.stateSince.toISOString(),
    level,
    applicant: { id: application.applicantId, name: applicantName },
    client: clientId === null ? null : { id: clientId, name: clientName ?? clientId },
    keyName,
    effectiveOn,
    expiresOn,
    quota,
    submittedAt: application.submittedAt?.toISOString() ?? null,
    createdAt: application.createdAt.toISOString(),
  };
}

/** Everything about one application, as the caller may see it; undefined where it does not exist. */
export async function viewApplication(
  db: Database,
  id: string,
  caller: Caller,
  timeZone: string,
): Promise<Static<typeof Application> | undefined> {
  const application = await loadApplication(db, id);
  if (!application) return undefined;
  const { row, apiIds, levels, decided } = application;
  const content = contentOf(application);
  const open = row.level === null ? undefined : levels[row.level - 1];
  const [applicant, client, named, key, mails, trail, made, reviewers, around] = await Promise.all([
    findPerson(db, row.applicantId),
    row.clientId === null ? undefined : findEntry(db, clients, row.clientId),
    db.select().from(apis).where(inArray(apis.id, apiIds)).orderBy(apis.id),
    keyOf(db, id),
    mailsOf(db, id),
    trailOf(db, 'application', id),
    decisionsOf(db, id, row.round),
    open ? reviewersOf(db, [open]) : [],
    surroundingsOf(db, content, timeZone, new Date()),
  ]);
  const waitingFor = open ? whoMayDecide(open, reviewers, row.applicantId, decided) : [];
  const names = waitingFor.map((person) => person.name);
  const standing = { ...row, levels: levels.length, levelName: open?.name ?? null, waitingFor: names };
  // Refused decisions are for those who watch over the process; to its applicant they are noise about other people.
  const own = caller.person.id === row.applicantId;
  const applicantName = applicant?.name ?? row.applicantId;
  return {
    ...summarise({ application: row, clientName: client?.name ?? null, applicantName }),
    ...inWords(standing, timeZone),
    waitingFor: waitingFor.map(({ id: reviewer, name }) => ({ id: reviewer, name })),
    portalId: row.portalId,
    description: row.description,
    apis: named,
    revision: row.revision,
    round: row.round,
    digest: row.digest,
    flow: row.flowId && row.flowVersion ? { id: row.flowId, version: row.flowVersion } : null,
    levels: levels.map((level, index) => {
      const decision = made.find((candidate) => candidate.level === index + 1);
      const undecided = row.level === index + 1 ? 'open' : 'ahead';
      return {
        level: index + 1,
        name: level.name,
        reviewers: { people: [...level.reviewers.people], roles: [...level.reviewers.roles] },
        status: decision ? (decision.verdict === 'deny' ? 'denied' : 'approved') : undecided,
        decidedBy: decision ? { id: decision.byId, name: decision.by } : null,
        decidedAt: decision?.at.toISOString() ?? null,
        comment: decision?.comment ?? null,
      };
    }),
    reason: row.reason,
    violations: isEditable(row.state) ? violationsOf(content, around) : [],
    refusal: row.refusal,
    deliveryDueAt: row.deliveryDueAt?.toISOString() ?? null,
    key: key ?? null,
    mails: mails.map(({ mail, attempts }) => ({
      kind: mail.kind,
      to: mail.recipients,
      state: mail.state,
      messageId: mail.messageId,
      sentAt: mail.sentAt?.toISOString() ?? null,
      attempts: attempts.map(({ number, startedAt, endedAt, succeeded, answer }) => ({
        number,
        startedAt: startedAt.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
        succeeded,
        answer,
      })),
    })),
    timeline: trail
      .filter(({ action }) => action !== 'decision.refused' || !own)
      .map(({ at, action, actor, via, details }) => ({
        at: at.toISOString(),
        action,
        words: eventInWords(action, details),
        by: actor,
        via,
        comment:
          typeof details['comment'] === 'string' && details['comment'] !== '' ? details['comment'] : null,
      })),
  };
}
