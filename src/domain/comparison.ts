import { type ApplicationState, isEditable, isEnded } from './application-states.ts';
import { parseDecision, type SignedDecision, signalBehind } from './decision.ts';
import type { SignedSubmission } from './submission.ts';
import { isUnreadable } from './unreadable.ts';

/** What the workflow handed to the activity that records signals. */
export interface ReceivedSignal {
  /** `<run>/<number>` */
  signal: string;
  name: string;
  payload: unknown;
}

/** What Temporal's history of one run tells. */
export interface Run {
  runId: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** As Temporal calls it: RUNNING, COMPLETED, TERMINATED … */
  status: string;
  /** What it was started with; undefined where that cannot be read. */
  submission: SignedSubmission | undefined;
  /** What was sent to it. */
  signals: { name: string; payload: unknown }[];
  /** What was recorded of it, with the database's answer; undefined where that has not come. */
  records: (ReceivedSignal & { outcome: string | undefined })[];
  /** The latest answer of the database about where the application stands. */
  position: { state: string; level: number | null; revision: number } | undefined;
  /** How the run ended, in the workflow's own words. */
  result: unknown;
}

/** The database's side of one application. */
export interface OnRecord {
  application:
    | { state: ApplicationState; level: number | null; revision: number; erased: boolean }
    | undefined;
  /** Whether the trail says that it was deleted as a draft. */
  deleted: boolean;
  decisions: {
    signal: string;
    outcome: string;
    decisionId: string | null;
    personId: string | null;
    act: string | null;
    comment: string | null;
  }[];
}

/**
 * Where the database and Temporal's histories of one application do not tell the same, in words. Decisions that a running
 * workflow has not recorded yet are no difference.
 * @param isGenuine whether the API has signed a decision for this application
 */
export function differencesOf(
  id: string,
  { application, deleted, decisions }: OnRecord,
  runs: readonly Run[],
  isGenuine: (decision: SignedDecision) => boolean,
): string[] {
  if (!application)
    return deleted ? [] : [`Temporal has a workflow for ${id}, and there is no such application.`];
  const records = runs.flatMap((run) => run.records);
  return [
    ...records.flatMap((record) => differenceOfRecord(id, record, decisions, application.erased)),
    ...decisions.flatMap((row) => differenceOfRow(id, row, runs)),
    ...unrecorded(id, decisions, runs, isGenuine),
    ...differenceOfState(id, application, runs.at(-1)),
  ];
}

type Row = OnRecord['decisions'][number];

/** What the database once answered is what it says now. */
function differenceOfRecord(
  id: string,
  record: Run['records'][number],
  rows: readonly Row[],
  erased: boolean,
): string[] {
  const { signal, outcome, name, payload } = record;
  if (outcome === undefined) return [];
  const row = rows.find((each) => each.signal === signal);
  if (!row) return [`Signal ${signal} of ${id} was recorded as "${outcome}" once, and its row is gone.`];
  if (row.outcome !== outcome)
    return [
      `Signal ${signal} of ${id} was recorded as "${outcome}" once, and its row says "${row.outcome}".`,
    ];
  const sent = outcome === 'recorded' ? parseDecision(name, payload) : undefined;
  const same =
    !sent ||
    (row.decisionId === sent.id &&
      row.personId === sent.personId &&
      row.act === sent.act &&
      (erased || (row.comment ?? '') === sent.comment));
  return same
    ? []
    : [`The row of signal ${signal} of ${id} does not say what was sent: who, what or why was changed.`];
}

/** What the database has recorded in a run was sent to that run. */
function differenceOfRow(id: string, row: Row, runs: readonly Run[]): string[] {
  const run = runs.find(({ runId }) => row.signal.startsWith(`${runId}/`));
  // Beyond Temporal's retention there is nothing to compare with.
  if (!run) return [];
  const record = run.records.find(({ signal }) => signal === signalBehind(row.signal));
  if (!record)
    return [`The decisions of ${id} have a row for signal ${row.signal}, which its workflow never received.`];
  // What came under a key that a worker did not have yet looks different each time.
  if ([record, ...run.signals].some(({ payload }) => isUnreadable(payload))) return [];
  const text = textOf(record);
  return run.signals.some((signal) => textOf(signal) === text)
    ? []
    : [`What was recorded of ${id} as signal ${row.signal} was never sent to its workflow.`];
}

const textOf = ({ name, payload }: { name: string; payload: unknown }) =>
  JSON.stringify([name, payload ?? null]);

/** Every genuine decision that was sent is on record, once no workflow is left that could record it. */
function unrecorded(
  id: string,
  rows: readonly Row[],
  runs: readonly Run[],
  isGenuine: (decision: SignedDecision) => boolean,
): string[] {
  if (runs.some(({ status }) => status === 'RUNNING')) return [];
  const sent = runs.flatMap((run) => run.signals.map(({ name, payload }) => parseDecision(name, payload)));
  const genuine = new Map(
    sent.flatMap((decision) => (decision && isGenuine(decision) ? [[decision.id, decision] as const] : [])),
  );
  return [...genuine.values()]
    .filter((decision) => !rows.some((row) => row.decisionId === decision.id))
    .map(
      ({ act, personId }) =>
        `The decision of ${personId} to ${act} ${id} reached its workflow, and is not on record.`,
    );
}

function differenceOfState(
  id: string,
  application: NonNullable<OnRecord['application']>,
  run: Run | undefined,
): string[] {
  if (!run) return [];
  const { state, level, revision } = application;
  const { position, status, result } = run;
  if (position && revision < position.revision)
    return [
      `${id} is at revision ${revision}, and Temporal knows of revision ${position.revision}: the database was set back, or restored from before.`,
    ];
  if (position && revision === position.revision && (state !== position.state || level !== position.level))
    return [`${id} is ${state}${at(level)}, and Temporal was told ${position.state}${at(position.level)}.`];
  if (status === 'COMPLETED') {
    const agrees = result === 'refused' ? isEditable(state) : result === state;
    return agrees ? [] : [`${id} is ${state}, and its workflow ended with it ${String(result)}.`];
  }
  return status === 'RUNNING' || status === 'CONTINUED_AS_NEW' || isEnded(state) || isEditable(state)
    ? []
    : [
        `${id} is ${state}, and its workflow has ended (${status.toLowerCase()}): nothing carries it on. Reset it.`,
      ];
}

const at = (level: number | null) => (level === null ? '' : ` at level ${level}`);
