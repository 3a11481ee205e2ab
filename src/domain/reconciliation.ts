import { isEditable } from './application-states.ts';
import type { OnRecord, Run } from './comparison.ts';
import { parseDecision, type SignedDecision } from './decision.ts';

/** What the database and Temporal have of one application, where one of them was set back. */
export interface BothSides {
  record: OnRecord;
  /** Whether a workflow must be carrying it: it is under way, or has ended with a mail still to be sent. */
  carried: boolean;
  /** Whether it has led to a key. */
  keyed: boolean;
  /** Whether it was given up before, since the database had lost it. */
  givenUp: boolean;
  /** Oldest first. */
  runs: readonly Run[];
  /** Whether the workflow waits for people or for time alone: what it is about to do, may yet change what it knows. */
  idle: boolean;
}

/** Why a workflow and its application do not go on together, and what of it can be made good. */
export interface Gap {
  /** In words, without a full stop. */
  why: string[];
  /** Whether the database has no such application at all. */
  gone: boolean;
  /** Decisions that people made and that only Temporal still knows, in their order. */
  lost: { name: string; payload: unknown }[];
}

/**
 * What keeps an application and its workflow from going on together after one side was restored from a backup; undefined
 * where nothing does. Unlike `differencesOf`, which tells an auditor of everything that was ever different, this looks at
 * what is to come: once repaired, there is nothing left to find.
 */
export function gapOf(sides: BothSides, isGenuine: (decision: SignedDecision) => boolean): Gap | undefined {
  const { record, carried, keyed, givenUp, runs, idle } = sides;
  const { application, deleted, decisions } = record;
  const latest = runs.at(-1);
  if (!application) {
    if (deleted || givenUp || !latest) return undefined;
    const why = [
      'it was submitted, and the database does not hold it: it was lost with what came after the backup',
    ];
    return { why, gone: true, lost: [] };
  }
  const { state, level, revision } = application;
  const running = latest?.status === 'RUNNING';
  const why: string[] = [];

  const position = latest?.position;
  if (position && position.revision > revision)
    why.push(
      `the database knows it as ${placed(state, level)}, and its workflow had it at ${placed(position.state, position.level)} later`,
    );
  else if (running && idle && position && (position.state !== state || position.level !== level))
    why.push(
      `the database has it at ${placed(state, level)}, and its workflow still takes it for ${placed(position.state, position.level)}`,
    );
  const ahead = decisions.filter(
    ({ signal }) => running && numberIn(latest.runId, signal) > latest.signals.length,
  );
  if (ahead.length > 0)
    why.push(`the database has ${counted(ahead.length, 'decision')} that its workflow does not remember`);
  if (!running && carried)
    why.push(
      latest
        ? `it is ${placed(state, level)}, and its workflow has ended (${latest.status.toLowerCase()})`
        : `it is ${placed(state, level)}, and Temporal has no workflow that carries it on`,
    );
  const lost = lostDecisions(runs, decisions, isGenuine);
  // Of a round that is yet to be submitted again nothing can be recorded.
  if (lost.length > 0 && !isEditable(state))
    why.push(
      `${counted(lost.length, 'decision')} that reached its workflow ${lost.length === 1 ? 'is' : 'are'} not on record`,
    );
  if (why.length === 0) return undefined;
  const issued = runs.some((run) => ['issued', 'delivered', 'recalled'].includes(run.position?.state ?? ''));
  if (issued && !keyed)
    why.push('its key is lost, even if it was mailed: it opens nothing, and another one is made and mailed');
  return { why, gone: false, lost };
}

/** Genuine decisions that were sent to a workflow, that no row tells of, and that none is about to record. */
function lostDecisions(
  runs: readonly Run[],
  rows: OnRecord['decisions'],
  isGenuine: (decision: SignedDecision) => boolean,
): Gap['lost'] {
  const known = new Set(rows.map(({ decisionId }) => decisionId));
  const latest = runs.at(-1);
  if (latest?.status === 'RUNNING') {
    const answered = new Set(
      latest.records.filter(({ outcome }) => outcome !== undefined).map((each) => idOf(each)),
    );
    for (const signal of latest.signals) if (!answered.has(idOf(signal))) known.add(idOf(signal) ?? null);
  }
  return runs
    .flatMap((run) => run.signals)
    .filter(({ name, payload }) => {
      const decision = parseDecision(name, payload);
      if (!decision || known.has(decision.id) || !isGenuine(decision)) return false;
      known.add(decision.id);
      return true;
    });
}

const idOf = ({ name, payload }: { name: string; payload: unknown }) => parseDecision(name, payload)?.id;

/** The number of a signal in a run; 0 for one of another run. */
function numberIn(runId: string, signal: string): number {
  return signal.startsWith(`${runId}/`) ? Number(signal.slice(runId.length + 1)) : 0;
}

function placed(state: string, level: number | null): string {
  return level === null ? state : `${state} at level ${level}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
