import { type Static, Type } from 'typebox';
import { keySignalsOf } from '../db/key-life.ts';
import { callsOf } from '../db/key-lists.ts';
import { mailsOf, trailOfKey } from '../db/trails.ts';
import { dateIn } from '../domain/dates.ts';
import { handsOver, isAboutKey } from '../domain/mails.ts';
import { seesEverything } from '../domain/people.ts';
import { keySignalInWords } from '../domain/trail.ts';
import { type Caller, callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { TrailEntry } from './history-schemas.ts';
import { KeyParams } from './key-schemas.ts';
import { visibleKey } from './key-view.ts';
import { named, problemResponses } from './schemas.ts';
import { nothing, viewAttempts, viewRow } from './trail.ts';

type Entry = Static<typeof TrailEntry>;

/** As many days of calls as are kept. */
const days = 90;

/** All that is on record about one key, and how it was used. */
export function keyTrailRoutes(app: App, context: Context): void {
  const { db, config } = context;

  app.get(
    '/v1/keys/:id/trail',
    {
      schema: {
        operationId: 'readKeyTrail',
        tags: ['Keys'],
        summary:
          "Read a key's whole story: audit rows, signals as they reached its workflow, attempts to mail",
        description:
          'From its issue on, in the order of time, also of a key that has ended. Signals that changed nothing, and the addresses of others, ' +
          'are shown to admins and auditors.',
        params: KeyParams,
        response: { 200: Type.Object({ items: Type.Array(TrailEntry) }), ...problemResponses },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id, applicationId } = await visibleKey(context, caller, request.params.id);
      const sees = seesEverything(caller.person);
      const [events, signals, mails] = await Promise.all([
        trailOfKey(db, id),
        keySignalsOf(db, id),
        mailsOf(db, applicationId),
      ]);
      const entries = [
        ...events
          .filter(({ event }) => sees || event.action !== 'key.act-refused')
          .map((each) => viewRow(each, caller)),
        ...signals
          .filter(({ signal }) => sees || signal.outcome === 'recorded')
          .map((each) => viewSignal(each, caller)),
        ...mails
          .filter(({ mail }) => isAboutKey(mail.kind) || handsOver(mail.kind))
          .flatMap((each) => viewAttempts(each, caller)),
      ];
      // Stable: rows of the same moment stay in the order of the chain.
      return { items: entries.toSorted((a, b) => a.at.localeCompare(b.at)) };
    },
  );

  app.get(
    '/v1/keys/:id/calls',
    {
      schema: {
        operationId: 'readKeyCalls',
        tags: ['Keys'],
        summary: `Read how many calls of a key passed and were refused on each of the last ${days} days`,
        description: 'Days of the configured time zone, oldest first, today last; some seconds late.',
        params: KeyParams,
        response: {
          200: Type.Object({
            items: Type.Array(
              named('DayOfCalls', { day: Type.String(), passed: Type.Integer(), refused: Type.Integer() }),
            ),
          }),
          ...problemResponses,
        },
      },
    },
    async (request) => {
      const { id } = await visibleKey(context, callerOf(request), request.params.id);
      const today = Date.parse(`${dateIn(config.timeZone, new Date())}T00:00:00Z`);
      const names = Array.from({ length: days }, (_, index) =>
        new Date(today - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10),
      );
      const counted = new Map((await callsOf(db, id, names[0] ?? '')).map((each) => [each.day, each]));
      return { items: names.map((day) => counted.get(day) ?? { day, passed: 0, refused: 0 }) };
    },
  );
}

function viewSignal(
  { signal, by }: Awaited<ReturnType<typeof keySignalsOf>>[number],
  { language }: Caller,
): Entry {
  const { personId, comment, act, outcome } = signal;
  return {
    ...nothing,
    source: 'signal',
    at: signal.createdAt.toISOString(),
    words: keySignalInWords({ act, outcome }, language),
    by: personId === null ? null : { id: personId, name: by ?? personId },
    comment: comment || null,
    id: signal.signal,
    outcome,
  };
}
