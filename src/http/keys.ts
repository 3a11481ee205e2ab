import { Type } from 'typebox';
import { listKeys } from '../db/key-lists.ts';
import { limitDgrk } from '../db/key-uses.ts';
import { dateIn, isCalendarDate } from '../domain/dates.ts';
import { keyStates } from '../domain/key-states.ts';
import { schemes } from '../gateway/credentials.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf, callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import { invalid } from './errors.ts';
import { Key, KeyParams } from './key-schemas.ts';
import { viewKey, visibleKey } from './key-view.ts';
import { etag } from './preconditions.ts';
import {
  Day,
  nullable,
  PageQuery,
  pageOf,
  problemResponses,
  queryOf,
  Slug,
  searchedText,
} from './schemas.ts';

const tags = ['Keys'];

/** Issued keys, without their secrets, as far as the caller may see the applications that they come from. */
export function keyRoutes(app: App, context: Context): void {
  const { db, config } = context;
  app.get(
    '/v1/keys',
    {
      schema: {
        operationId: 'listKeys',
        tags,
        summary: 'List issued keys',
        querystring: queryOf({
          ...PageQuery,
          state: Type.Optional(Type.Enum([...keyStates])),
          clientId: Type.Optional(Slug),
          q: Type.Optional(
            searchedText("a part of the key's or its client's name, or the whole id or API key"),
          ),
          usedBy: Type.Optional(
            Type.Enum([...schemes], {
              description:
                'only keys that calls have been signed with in this way: dgrk lists who has not moved on',
            }),
          ),
        }),
        response: { 200: pageOf(Key), ...problemResponses },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query;
      const [createdAt, id] = readCursor(cursor, ['moment', 'text']) ?? [];
      const after = createdAt && id ? ([createdAt, id] as const) : undefined;
      const caller = callerOf(request);
      const today = dateIn(config.timeZone, new Date());
      const found = await listKeys(db, caller, filter, { today, limit: limit + 1, after });
      const views = found.map((each) => viewKey(each, caller, today));
      return toPage(views, limit, (key) => cursorOf(key.createdAt, key.id));
    },
  );

  app.get(
    '/v1/keys/:id',
    {
      schema: {
        operationId: 'readKey',
        tags,
        summary: 'Read one key',
        params: KeyParams,
        response: { 200: Key, ...problemResponses },
      },
    },
    async (request, reply) => {
      const key = await visibleKey(context, callerOf(request), request.params.id);
      return reply.header('etag', etag(key.revision)).send(key);
    },
  );

  app.put(
    '/v1/keys/:id/dgrk',
    {
      schema: {
        operationId: 'limitDgrk',
        tags,
        summary: 'Say until when calls of a key may be signed by DGRK',
        description:
          'DGRK covers the body alone, so a captured header can be repeated and used for other paths. From the day after, ' +
          'only HTTP message signatures (RFC 9421) pass, which every key can use at any time. A day in the past switches ' +
          'DGRK off at once; null lets it go on.',
        params: KeyParams,
        body: Type.Object({ until: nullable(Day) }, { additionalProperties: false }),
        response: { 200: Key, ...problemResponses },
      },
    },
    async (request) => {
      callerWith(request, 'admin');
      const { id } = request.params;
      const { until } = request.body;
      if (until !== null && !isCalendarDate(until)) {
        throw invalid([
          {
            field: 'until',
            message: {
              en: 'It must be a day from 1970 on, such as 2026-12-31.',
              'zh-TW': '必須是 1970 年以後的日期，例如 2026-12-31。',
            },
          },
        ]);
      }
      const event = eventFrom(
        request,
        'key.dgrk-limited',
        { type: 'key', id },
        { key: id, dgrkUntil: until },
      );
      await limitDgrk(db, id, until, event);
      return visibleKey(context, callerOf(request), id);
    },
  );
}
