import { type Static, Type } from 'typebox';
import { loadApplication } from '../db/applications.ts';
import { mailsOf, signalsOf, trailOf } from '../db/trails.ts';
import { isVisible } from '../db/visibility.ts';
import { isCarried } from '../domain/decision.ts';
import { KeygrantError } from '../domain/errors.ts';
import { seesEverything } from '../domain/people.ts';
import { attemptInWords, signalInWords } from '../domain/trail.ts';
import { addressesFor, isShownTo, viewEvent } from './application-view.ts';
import { ApplicationParams } from './applications.ts';
import { type Caller, callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { TrailEntry } from './history-schemas.ts';
import { problemResponses } from './schemas.ts';

type Entry = Static<typeof TrailEntry>;

/** All that is on record about one application, from its draft to the last mail. */
export function trailRoutes(app: App, { db }: Context): void {
  app.get(
    '/v1/applications/:id/trail',
    {
      schema: {
        operationId: 'readTrail',
        tags: ['History'],
        summary: 'Read its whole trail: audit rows, decisions as they reached the workflow, attempts to mail',
        description:
          'In the order of time. Signals that changed nothing, and the addresses of others, are shown to admins and auditors.',
        params: ApplicationParams,
        response: { 200: Type.Object({ items: Type.Array(TrailEntry) }), ...problemResponses },
      },
    },
    async (request) => {
      const { id } = request.params;
      const caller = callerOf(request);
      const application = (await isVisible(db, caller, id)) ? await loadApplication(db, id) : undefined;
      if (!application) throw new KeygrantError('not-found');
      const { applicantId } = application.row;
      const [events, signals, mails] = await Promise.all([
        trailOf(db, 'application', id),
        signalsOf(db, id),
        mailsOf(db, id),
      ]);
      const entries = [
        ...events
          .filter(({ event }) => isShownTo(caller, applicantId, event))
          .map((each) => viewRow(each, caller)),
        ...signals
          .filter(({ signal }) => seesEverything(caller.person) || signal.outcome === 'recorded')
          .map((each) => viewSignal(each, caller)),
        ...mails.flatMap((each) => viewAttempts(each, caller)),
      ];
      // Stable: rows of the same moment stay in the order of the chain.
      return { items: entries.toSorted((a, b) => a.at.localeCompare(b.at)) };
    },
  );
}

/** What an entry of a trail leaves open. */
export const nothing = { by: null, via: null, comment: null, seq: null, id: null, outcome: null };

/** A row of the audit trail. */
export function viewRow(row: Awaited<ReturnType<typeof trailOf>>[number], caller: Caller): Entry {
  const { at, words, by, via, comment } = viewEvent(row, caller);
  return { ...nothing, source: 'audit', at, words, by, via, comment, seq: row.event.seq };
}

function viewSignal(
  { signal, by }: Awaited<ReturnType<typeof signalsOf>>[number],
  { language }: Caller,
): Entry {
  const { personId, comment } = signal;
  return {
    ...nothing,
    source: 'signal',
    at: signal.createdAt.toISOString(),
    words: signalInWords(isCarried(signal.signal) ? { carriedTo: signal.level } : signal, language),
    by: personId === null ? null : { id: personId, name: by ?? personId },
    comment: comment || null,
    id: signal.signal,
    outcome: signal.outcome,
  };
}

/** Every attempt to send a mail. */
export function viewAttempts(
  { mail, attempts }: Awaited<ReturnType<typeof mailsOf>>[number],
  caller: Caller,
): Entry[] {
  const show = addressesFor(caller);
  return attempts.map(({ number, startedAt, endedAt, succeeded, answer }) => {
    return {
      ...nothing,
      source: 'mail',
      at: startedAt.toISOString(),
      words: attemptInWords(
        { number, kind: mail.kind, to: mail.recipients.map(show), ended: endedAt !== null, succeeded },
        caller.language,
      ),
      id: mail.id,
      outcome: answer,
    };
  });
}
