import { inArray } from 'drizzle-orm';
import type { Static } from 'typebox';
import type { Config } from '../config.ts';
import type { ListRow } from '../db/application-lists.ts';
import {
  contentOf,
  type LoadedApplication,
  loadApplication,
  reasonIn,
  reviewOf,
  surroundingsOf,
} from '../db/applications.ts';
import { detailsOf } from '../db/audit.ts';
import type { Database } from '../db/database.ts';
import { delegatorsOf } from '../db/delegations.ts';
import { loadDelivery } from '../db/deliveries.ts';
import { findPerson, reviewersOf } from '../db/people.ts';
import { findEntry } from '../db/registry.ts';
import { apis, clients } from '../db/schema/registry.ts';
import { type Stand, standingsOf } from '../db/standings.ts';
import { type Comparison, comparisonsOf } from '../db/submissions.ts';
import { decisionsOf, keyOf, mailsOf, trailOf } from '../db/trails.ts';
import { masked } from '../domain/addresses.ts';
import type { ApplicationContent } from '../domain/application.ts';
import { actionsOn } from '../domain/application-actions.ts';
import { violationsOf } from '../domain/application-rules.ts';
import { isEditable, stateName } from '../domain/application-states.ts';
import { deadlinesOf } from '../domain/deadlines.ts';
import type { Language } from '../domain/languages.ts';
import type { Level } from '../domain/levels.ts';
import { handsOver, retryDelay } from '../domain/mails.ts';
import { isAdmin, seesEverything } from '../domain/people.ts';
import { whoMayDecide } from '../domain/reviewers.ts';
import { inWords } from '../domain/standing.ts';
import { eventInWords } from '../domain/timeline.ts';
import { uiAddress } from '../temporal/ui.ts';
import type { Application, ApplicationSummary } from './application-schemas.ts';
import type { Caller } from './auth.ts';
import { viewDelivery } from './delivery-view.ts';
import { inLanguage } from './errors.ts';
import { viewLevel } from './level-view.ts';

type Row = Omit<ListRow, 'dueAt'>;

/** One line of a list. */
export function summarise(
  { application, clientName, applicantName }: Row,
  stand: Stand | undefined,
  timeZone: string,
  language: Language,
): Static<typeof ApplicationSummary> {
  const { id, kind, state, level, keyName, effectiveOn, expiresOn, quota, clientId } = application;
  const name = stateName(state, language);
  const words = stand ? inWords(stand.standing, timeZone, language) : { now: name, next: '' };
  return {
    id,
    kind,
    state,
    stateName: name,
    stateSince: application.stateSince.toISOString(),
    ...words,
    waitingFor: (stand?.waitingFor ?? []).map((person) => ({ id: person.id, name: person.name })),
    level,
    dueAt: dueAt(application, stand?.level)?.toISOString() ?? null,
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

/** When the open level ends the application if nobody decides it. */
function dueAt({ levelSince }: Row['application'], level: Level | undefined): Date | undefined {
  if (!level || !levelSince) return undefined;
  return deadlinesOf(level, levelSince, { reminded: true, escalated: true }).at(-1)?.at;
}

/** Everything about one application, as the caller may see it; undefined where it does not exist. */
export async function viewApplication(
  db: Database,
  id: string,
  caller: Caller,
  { timeZone, temporal }: Pick<Config, 'timeZone' | 'temporal'>,
): Promise<Static<typeof Application> | undefined> {
  const application = await loadApplication(db, id);
  if (!application) return undefined;
  const { row, apiIds } = application;
  const content = contentOf(application);
  const { person } = caller;
  const [applicant, client, named, key, mails, trail, made, [stand], around, delivery, delegators] =
    await Promise.all([
      findPerson(db, row.applicantId),
      row.clientId === null ? undefined : findEntry(db, clients, row.clientId),
      db.select().from(apis).where(inArray(apis.id, apiIds)).orderBy(apis.id),
      keyOf(db, row),
      mailsOf(db, id),
      trailOf(db, 'application', id),
      decisionsOf(db, id, row.round),
      standingsOf(db, [row]),
      surroundingsOf(db, content, timeZone, new Date()),
      row.deliveryDueAt === null ? undefined : loadDelivery(db, application),
      // Nobody decides on their own, so in whose place they could is of no interest.
      row.level === null || person.id === row.applicantId ? [] : delegatorsOf(db, person.id, new Date()),
    ]);
  const comparisons = await comparisonsOf(db, row, content, around.key);
  const applicantName = applicant?.name ?? row.applicantId;
  const show = addressesFor(caller);
  const { language } = caller;
  return {
    ...summarise(
      { application: row, clientName: client?.name ?? null, applicantName },
      stand,
      timeZone,
      language,
    ),
    portalId: row.portalId,
    description: row.description,
    apis: named,
    actions: actionsOn(reviewOf(application), delivery, { person, delegators }),
    revision: row.revision,
    round: row.round,
    digest: row.digest,
    flow: row.flowId && row.flowVersion ? { id: row.flowId, version: row.flowVersion } : null,
    levels: await viewLevels(db, application, { made, mails, stand }, language),
    keyId: row.keyId,
    changes: comparisons.map(viewComparison),
    reason: reasonIn(row, language),
    violations: isEditable(row.state) ? inLanguage(violationsOf(content, around), language) : [],
    heldBy: row.heldBy,
    refusal: row.refusal && { code: row.refusal.code, message: row.refusal.message[language] },
    deliveryDueAt: row.deliveryDueAt?.toISOString() ?? null,
    key: key ?? null,
    ...(await viewDelivery(db, id, delivery, caller, show)),
    mails: mails.map((each) => viewMail(each, row.heldBy !== null, show)),
    erasedAt: row.erasedAt?.toISOString() ?? null,
    workflowUrl:
      (isAdmin(caller.person) && row.round > 0 && uiAddress(temporal, `workflows/${id}`)?.href) || null,
    timeline: viewTimeline(trail, row.applicantId, caller).map(({ entry }) => entry),
  };
}

/** Its levels: of those that are over what was decided, of the others who may decide, and until when. */
async function viewLevels(
  db: Database,
  application: LoadedApplication,
  {
    made,
    mails,
    stand,
  }: {
    made: Awaited<ReturnType<typeof decisionsOf>>;
    mails: Awaited<ReturnType<typeof mailsOf>>;
    stand: Stand | undefined;
  },
  language: Language,
) {
  const { row, levels, repeatedReviewers: rule, verdicts } = application;
  const { level: open, levelSince, round, applicantId } = row;
  const ahead = open === null ? [] : levels.slice(open);
  const reviewers = ahead.length === 0 ? [] : await reviewersOf(db, ahead);
  const content = contentOf(application);
  const reminded = mails.some(
    ({ mail }) => mail.kind === 'reminder' && mail.round === round && mail.level === open,
  );
  const escalated = row.escalatedAt !== null;
  return levels.map((level, index) => {
    const number = index + 1;
    const isOpen = number === open;
    const people = isOpen
      ? (stand?.waitingFor ?? [])
      : open !== null && number > open
        ? whoMayDecide({ applicantId, number, level, rule, verdicts }, reviewers)
        : [];
    const since = isOpen ? levelSince : null;
    const deadlines = since ? deadlinesOf(level, since, { reminded, escalated }) : [];
    return viewLevel(level, number, open, made, content, { people, since, deadlines }, language);
  });
}

/** What happened to an application, as the caller may see it, each with its number in the audit trail. */
export function viewTimeline(
  trail: Awaited<ReturnType<typeof trailOf>>,
  applicantId: string,
  caller: Caller,
) {
  return trail
    .filter(({ event }) => isShownTo(caller, applicantId, event))
    .map((each) => ({ seq: each.event.seq, entry: viewEvent(each, caller) }));
}

/** Whose addresses these are is for admins and auditors, as it is in the list of clients; one's own one knows. */
export function addressesFor({ person }: Caller): Show {
  return (address) => (seesEverything(person) || address === person.email ? address : masked(address));
}

/** Refused decisions are for those who watch over the process; to its applicant they are noise about others. */
export function isShownTo({ person }: Caller, applicantId: string, { action }: { action: string }): boolean {
  return action !== 'decision.refused' || person.id !== applicantId;
}

/** What the rules of a submission look at, from its view. */
export function contentFrom(view: Static<typeof Application>): ApplicationContent {
  const { kind, keyId, client, keyName, description, effectiveOn, expiresOn, quota } = view;
  const apiIds = view.apis.map((api) => api.id);
  const clientId = client?.id ?? null;
  return { kind, keyId, clientId, keyName, description, effectiveOn, expiresOn, quota, apiIds };
}

function viewComparison({ comparedWith, fields }: Comparison) {
  const copy = (value: Comparison['fields'][number]['after']) =>
    typeof value === 'object' && value !== null ? [...value] : value;
  return {
    comparedWith,
    fields: fields.map(({ field, before, after }) => ({ field, before: copy(before), after: copy(after) })),
  };
}

type Show = (address: string) => string;

function viewMail(
  { mail, attempts }: Awaited<ReturnType<typeof mailsOf>>[number],
  held: boolean,
  show: Show,
) {
  const last = attempts.at(-1);
  const waits = mail.state === 'sending' && !last?.succeeded && !(held && handsOver(mail.kind));
  const next = waits && last?.endedAt ? new Date(last.endedAt.getTime() + retryDelay(mail.attempts)) : null;
  return {
    kind: mail.kind,
    language: mail.language,
    to: mail.recipients.map(show),
    state: mail.state,
    messageId: mail.messageId,
    dueAt: mail.dueAt?.toISOString() ?? null,
    nextAttemptAt: next?.toISOString() ?? null,
    sentAt: mail.sentAt?.toISOString() ?? null,
    attempts: attempts.map(({ number, startedAt, endedAt, succeeded, answer }) => ({
      number,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      succeeded,
      answer,
    })),
  };
}

/** One line of a timeline. */
export function viewEvent({ event, by }: Awaited<ReturnType<typeof trailOf>>[number], caller: Caller) {
  const show = addressesFor(caller);
  const { at, action, actor, via } = event;
  const details = detailsOf(event);
  const to = Array.isArray(details['to'])
    ? { to: details['to'].map((address) => show(String(address))) }
    : {};
  return {
    at: at.toISOString(),
    action,
    words: eventInWords(action, { ...details, ...to }, caller.language),
    by: { id: actor, name: by ?? (actor === 'keygrant' ? 'Keygrant' : actor) },
    via,
    comment: typeof details['comment'] === 'string' && details['comment'] !== '' ? details['comment'] : null,
  };
}
