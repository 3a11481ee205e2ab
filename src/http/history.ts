import { Readable } from 'node:stream';
import { type Static, Type } from 'typebox';
import { type HistoryFilter, type HistoryRow, listHistory, momentOf } from '../db/history.ts';
import { stateNames } from '../domain/application-states.ts';
import { dateIn, timestampsIn } from '../domain/dates.ts';
import { isCarried } from '../domain/decision.ts';
import { type Caller, callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { byteOrderMark, csvRecord } from './csv.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import { invalid } from './errors.ts';
import { HistoryEntry, HistoryQuery } from './history-schemas.ts';
import { PageQuery, pageOf, problemResponses, queryOf } from './schemas.ts';

const tags = ['History'];

/** How many applications an export reads at a time. */
const batch = 200;
/** An export takes as long as its reader; after this its connection is closed, so that none is held for ever. */
const exportTimeoutMs = 10 * 60_000;

/** The approval history: everything that was ever submitted, as far as the caller may see it. */
export function historyRoutes(app: App, { db, config }: Context): void {
  const { timeZone } = config;

  app.get(
    '/v1/history',
    {
      schema: {
        operationId: 'searchHistory',
        tags,
        summary: 'Search the API Key Approval History, newest submission first',
        querystring: queryOf({ ...PageQuery, ...HistoryQuery }),
        response: { 200: pageOf(HistoryEntry), ...problemResponses },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      requireOrder(filter);
      const [moment, id] = readCursor(cursor, ['moment', 'text']) ?? [];
      const after = moment !== undefined && id !== undefined ? { moment, id } : undefined;
      const order = 'submission';
      const rows = await listHistory(db, callerOf(request), filter, { order, after, limit, timeZone });
      const page = toPage(rows, limit, ({ application }) =>
        cursorOf(momentOf(order, application).toISOString(), application.id),
      );
      return { ...page, items: page.items.map(viewEntry) };
    },
  );

  app.get(
    '/v1/history.csv',
    {
      handlerTimeout: exportTimeoutMs,
      schema: {
        operationId: 'exportHistory',
        tags,
        summary: 'Export the API Key Approval History for spreadsheets',
        description:
          'All that the filters find, oldest first, a line for each act on an application, and one for an application without any. ' +
          'Moments are in the configured time zone. Cells that begin like a formula are led by an apostrophe.',
        querystring: queryOf(HistoryQuery),
        response: {
          200: { description: 'The file', content: { 'text/csv': { schema: Type.String() } } },
          ...problemResponses,
        },
      },
    },
    async (request, reply) => {
      requireOrder(request.query);
      const lines = exported(callerOf(request), request.query);
      return reply
        .type('text/csv; charset=utf-8')
        .header(
          'content-disposition',
          `attachment; filename="api-key-approval-history-${dateIn(timeZone, new Date())}.csv"`,
        )
        .send(Readable.from(lines) as unknown as string);
    },
  );

  /** The file in pieces, each asked of the database when the reader has taken the one before. */
  async function* exported(caller: Caller, filter: HistoryFilter): AsyncGenerator<string> {
    const order = 'creation';
    const stamp = timestampsIn(timeZone);
    let text = byteOrderMark + csvRecord(columns.map(([name]) => name));
    for (let after: { moment: string; id: string } | undefined; ; ) {
      const rows = await listHistory(db, caller, filter, { order, after, limit: batch, timeZone });
      const page = rows.slice(0, batch);
      for (const row of page) {
        const entry = viewEntry(row);
        const acts = entry.acts.length > 0 ? entry.acts : [undefined];
        for (const act of acts)
          text += csvRecord(columns.map(([, cell]) => cell({ entry, act, timeZone, stamp })));
      }
      yield text;
      text = '';
      const last = page.at(-1)?.application;
      if (rows.length <= batch || last === undefined) return;
      after = { moment: momentOf(order, last).toISOString(), id: last.id };
    }
  }
}

function requireOrder({ from, to }: HistoryFilter): void {
  if (from !== undefined && to !== undefined && to < from)
    throw invalid([{ field: 'to', message: `It lies before "from"; ${from} or later would be right.` }]);
}

type Entry = Static<typeof HistoryEntry>;

function viewEntry({ application, clientName, applicantName, keyId, apiKey, acts }: HistoryRow): Entry {
  const { state, round, clientId, applicantId, stateSince, createdAt, submittedAt, erasedAt } = application;
  const verdict = acts.findLast((act) => act.level !== null && act.round === round);
  return {
    id: application.id,
    kind: application.kind,
    state,
    stateName: stateNames[state],
    stateSince: stateSince.toISOString(),
    client: clientId === null ? null : { id: clientId, name: clientName ?? clientId },
    applicant: { id: applicantId, name: applicantName },
    keyName: application.keyName,
    description: application.description,
    effectiveOn: application.effectiveOn,
    expiresOn: application.expiresOn,
    quota: application.quota,
    round,
    createdAt: createdAt.toISOString(),
    submittedAt: submittedAt?.toISOString() ?? null,
    decidedAt: state === 'pending' ? null : (verdict?.at.toISOString() ?? null),
    deliveredAt: state === 'delivered' ? stateSince.toISOString() : null,
    reason: application.reason,
    key: keyId === null || apiKey === null ? null : { id: keyId, apiKey },
    acts: acts.flatMap(
      ({ act, signal, byId, by, delegatorId, delegator, at, comment, level, levelName, round: ofRound }) =>
        act === null || byId === null
          ? []
          : {
              round: ofRound,
              level,
              levelName: level === null ? null : levelName,
              act,
              by: { id: byId, name: by ?? byId },
              inPlaceOf: delegatorId === null ? null : { id: delegatorId, name: delegator ?? delegatorId },
              carried: isCarried(signal),
              at: at.toISOString(),
              comment: comment || null,
            },
    ),
    erasedAt: erasedAt?.toISOString() ?? null,
  };
}

interface Line {
  entry: Entry;
  act: Entry['acts'][number] | undefined;
  timeZone: string;
  stamp: (moment: Date) => string;
}

/** A moment as a cell. */
const at = (moment: string | null | undefined, { stamp }: Line) => (moment ? stamp(new Date(moment)) : null);

/** The columns of the export. Programs read them by name: add at the end, rename none. */
const columns: readonly (readonly [name: string, cell: (line: Line) => string | number | null])[] = [
  ['application_id', ({ entry }) => entry.id],
  ['kind', ({ entry }) => entry.kind],
  ['state', ({ entry }) => entry.stateName],
  ['client_id', ({ entry }) => entry.client?.id ?? null],
  ['client_name', ({ entry }) => entry.client?.name ?? null],
  ['applicant_id', ({ entry }) => entry.applicant.id],
  ['applicant_name', ({ entry }) => entry.applicant.name],
  ['key_name', ({ entry }) => entry.keyName],
  ['description', ({ entry }) => entry.description],
  ['effective_on', ({ entry }) => entry.effectiveOn],
  ['expires_on', ({ entry }) => entry.expiresOn],
  ['quota', ({ entry }) => (entry.quota === -1 ? 'unlimited' : entry.quota)],
  ['submissions', ({ entry }) => entry.round],
  ['created_at', (line) => at(line.entry.createdAt, line)],
  ['submitted_at', (line) => at(line.entry.submittedAt, line)],
  ['decided_at', (line) => at(line.entry.decidedAt, line)],
  ['delivered_at', (line) => at(line.entry.deliveredAt, line)],
  ['time_zone', ({ timeZone }) => timeZone],
  ['reason', ({ entry }) => entry.reason],
  ['key_id', ({ entry }) => entry.key?.id ?? null],
  ['api_key', ({ entry }) => entry.key?.apiKey ?? null],
  ['erased_at', (line) => at(line.entry.erasedAt, line)],
  ['act_round', ({ act }) => act?.round ?? null],
  ['act_level', ({ act }) => act?.level ?? null],
  ['act_level_name', ({ act }) => act?.levelName ?? null],
  ['act', ({ act }) => act?.act ?? null],
  ['act_by_id', ({ act }) => act?.by.id ?? null],
  ['act_by_name', ({ act }) => act?.by.name ?? null],
  ['act_in_place_of', ({ act }) => act?.inPlaceOf?.name ?? null],
  ['act_carried', ({ act }) => (act?.carried ? 'yes' : null)],
  ['act_at', (line) => at(line.act?.at, line)],
  ['act_comment', ({ act }) => act?.comment ?? null],
];
