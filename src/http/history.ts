import { Readable } from 'node:stream';
import { type Static, Type } from 'typebox';
import { reasonIn } from '../db/applications.ts';
import { type HistoryFilter, type HistoryRow, listHistory, momentOf } from '../db/history.ts';
import { stateName } from '../domain/application-states.ts';
import { dateIn, timestampsIn } from '../domain/dates.ts';
import { actInWords, isCarried } from '../domain/decision.ts';
import { kindInWords } from '../domain/kinds.ts';
import type { Language, Words } from '../domain/languages.ts';
import { quotaInWords } from '../domain/quota.ts';
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
      const caller = callerOf(request);
      const { language } = caller;
      const rows = await listHistory(db, caller, filter, { order, after, limit, timeZone });
      const page = toPage(rows, limit, ({ application }) =>
        cursorOf(momentOf(order, application).toISOString(), application.id),
      );
      return { ...page, items: page.items.map((row) => viewEntry(row, language)) };
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
    const { language } = caller;
    let text = byteOrderMark + csvRecord(columns.map(([name]) => name[language]));
    for (let after: { moment: string; id: string } | undefined; ; ) {
      const rows = await listHistory(db, caller, filter, { order, after, limit: batch, timeZone });
      const page = rows.slice(0, batch);
      for (const row of page) {
        const entry = viewEntry(row, language);
        const acts = entry.acts.length > 0 ? entry.acts : [undefined];
        for (const act of acts)
          text += csvRecord(columns.map(([, cell]) => cell({ entry, act, timeZone, stamp, language })));
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
    throw invalid([
      {
        field: 'to',
        message: {
          en: `It lies before "from"; ${from} or later would be right.`,
          'zh-TW': `早於 from；必須是 ${from} 或之後。`,
        },
      },
    ]);
}

type Entry = Static<typeof HistoryEntry>;

function viewEntry(
  { application, clientName, applicantName, keyId, apiKey, acts }: HistoryRow,
  language: Language,
): Entry {
  const { state, round, clientId, applicantId, stateSince, createdAt, submittedAt, erasedAt } = application;
  const verdict = acts.findLast((act) => act.level !== null && act.round === round);
  return {
    id: application.id,
    kind: application.kind,
    state,
    stateName: stateName(state, language),
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
    reason: reasonIn(application, language),
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
  language: Language;
  stamp: (moment: Date) => string;
}

/** A moment as a cell. */
const at = (moment: string | null | undefined, { stamp }: Line) => (moment ? stamp(new Date(moment)) : null);

const yes: Words = { en: 'yes', 'zh-TW': '是' };

/** The columns of the export. Programs read them by their English names: add at the end, rename none. */
const columns: readonly (readonly [name: Words, cell: (line: Line) => string | number | null])[] = [
  [{ en: 'application_id', 'zh-TW': '申請編號' }, ({ entry }) => entry.id],
  [
    { en: 'kind', 'zh-TW': '申請種類' },
    ({ entry, language }) => (language === 'en' ? entry.kind : kindInWords(entry.kind, language)),
  ],
  [{ en: 'state', 'zh-TW': '狀態' }, ({ entry }) => entry.stateName],
  [{ en: 'client_id', 'zh-TW': '用戶端識別碼' }, ({ entry }) => entry.client?.id ?? null],
  [{ en: 'client_name', 'zh-TW': '用戶端名稱' }, ({ entry }) => entry.client?.name ?? null],
  [{ en: 'applicant_id', 'zh-TW': '申請人識別碼' }, ({ entry }) => entry.applicant.id],
  [{ en: 'applicant_name', 'zh-TW': '申請人' }, ({ entry }) => entry.applicant.name],
  [{ en: 'key_name', 'zh-TW': '金鑰名稱' }, ({ entry }) => entry.keyName],
  [{ en: 'description', 'zh-TW': '用途' }, ({ entry }) => entry.description],
  [{ en: 'effective_on', 'zh-TW': '生效日期' }, ({ entry }) => entry.effectiveOn],
  [{ en: 'expires_on', 'zh-TW': '到期日期' }, ({ entry }) => entry.expiresOn],
  [
    { en: 'quota', 'zh-TW': '配額' },
    ({ entry, language }) => (entry.quota === -1 ? quotaInWords(-1, language) : entry.quota),
  ],
  [{ en: 'submissions', 'zh-TW': '送審次數' }, ({ entry }) => entry.round],
  [{ en: 'created_at', 'zh-TW': '建立時間' }, (line) => at(line.entry.createdAt, line)],
  [{ en: 'submitted_at', 'zh-TW': '送審時間' }, (line) => at(line.entry.submittedAt, line)],
  [{ en: 'decided_at', 'zh-TW': '決定時間' }, (line) => at(line.entry.decidedAt, line)],
  [{ en: 'delivered_at', 'zh-TW': '寄送時間' }, (line) => at(line.entry.deliveredAt, line)],
  [{ en: 'time_zone', 'zh-TW': '時區' }, ({ timeZone }) => timeZone],
  [{ en: 'reason', 'zh-TW': '原因' }, ({ entry }) => entry.reason],
  [{ en: 'key_id', 'zh-TW': '金鑰識別碼' }, ({ entry }) => entry.key?.id ?? null],
  [{ en: 'api_key', 'zh-TW': 'API Key（公鑰）' }, ({ entry }) => entry.key?.apiKey ?? null],
  [{ en: 'erased_at', 'zh-TW': '個人資料清除時間' }, (line) => at(line.entry.erasedAt, line)],
  [{ en: 'act_round', 'zh-TW': '操作：第幾次送審' }, ({ act }) => act?.round ?? null],
  [{ en: 'act_level', 'zh-TW': '操作：第幾關' }, ({ act }) => act?.level ?? null],
  [{ en: 'act_level_name', 'zh-TW': '操作：關卡名稱' }, ({ act }) => act?.levelName ?? null],
  [{ en: 'act', 'zh-TW': '操作' }, ({ act, language }) => (act ? actInWords(act.act, language) : null)],
  [{ en: 'act_by_id', 'zh-TW': '操作：人員識別碼' }, ({ act }) => act?.by.id ?? null],
  [{ en: 'act_by_name', 'zh-TW': '操作：人員' }, ({ act }) => act?.by.name ?? null],
  [{ en: 'act_in_place_of', 'zh-TW': '操作：代理對象' }, ({ act }) => act?.inPlaceOf?.name ?? null],
  [
    { en: 'act_carried', 'zh-TW': '操作：沿用先前核准' },
    ({ act, language }) => (act?.carried ? yes[language] : null),
  ],
  [{ en: 'act_at', 'zh-TW': '操作時間' }, (line) => at(line.act?.at, line)],
  [{ en: 'act_comment', 'zh-TW': '操作：意見' }, ({ act }) => act?.comment ?? null],
];
