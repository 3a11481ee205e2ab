import { and, desc, eq, exists, inArray, type SQL, sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { limitDgrk, usesOf } from '../db/key-uses.ts';
import { applications } from '../db/schema/applications.ts';
import { keyUses } from '../db/schema/calls.ts';
import { keyApis, keys } from '../db/schema/keys.ts';
import { apis, clients } from '../db/schema/registry.ts';
import { visibleTo } from '../db/visibility.ts';
import { dateIn, isCalendarDate, validityOn } from '../domain/dates.ts';
import { KeygrantError } from '../domain/errors.ts';
import { keyIdPattern } from '../domain/ids.ts';
import { schemes } from '../gateway/credentials.ts';
import { eventFrom } from './audit-events.ts';
import { type Caller, callerOf, callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import { invalid } from './errors.ts';
import {
  Day,
  Moment,
  named,
  nullable,
  PageQuery,
  pageOf,
  problemResponses,
  queryOf,
  Reference,
  Slug,
} from './schemas.ts';

const Key = named('Key', {
  id: Type.String(),
  apiKey: Type.String({ description: 'the public half; the secret is in the mail alone' }),
  name: Type.String(),
  client: Reference,
  applicationId: Type.String(),
  effectiveOn: Type.String(),
  expiresOn: Type.String({ description: 'inclusive' }),
  validity: Type.Enum(['not-yet-effective', 'effective', 'expired'], {
    description: 'today, in the configured time zone',
  }),
  revokedAt: nullable(Moment),
  usable: Type.Boolean({ description: 'effective today, not revoked, and its client enabled' }),
  quota: Type.Integer({ description: '-1 for unlimited' }),
  used: Type.Integer({ description: 'how many calls have passed; counted only where the quota has a limit' }),
  apis: Type.Array(Reference),
  dgrkUntil: nullable(
    Type.String({
      description: 'the last day on which calls may be signed by DGRK; null: for as long as the key works',
    }),
  ),
  lastUse: Type.Object(
    { dgrk: nullable(Moment), message: nullable(Moment) },
    {
      description:
        'when a call last passed that was signed by DGRK, and by an HTTP message signature; some seconds late',
    },
  ),
  createdAt: Moment,
});

const KeyParams = Type.Object({ id: Type.String({ pattern: keyIdPattern, description: 'a key id' }) });

const tags = ['Keys'];

/** Issued keys, without their secrets, as far as the caller may see the applications that they come from. */
export function keyRoutes(app: App, { db, config }: Context): void {
  app.get(
    '/v1/keys',
    {
      schema: {
        operationId: 'listKeys',
        tags,
        summary: 'List issued keys',
        querystring: queryOf({
          ...PageQuery,
          clientId: Type.Optional(Slug),
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
      const { limit, cursor, clientId, usedBy } = request.query;
      const [createdAt, id] = readCursor(cursor, ['moment', 'text']) ?? [];
      const after =
        createdAt && sql`(${keys.createdAt}, ${keys.id}) < (${createdAt}::timestamptz, ${id}::text)`;
      const found = await find(
        callerOf(request),
        limit + 1,
        and(
          after || undefined,
          clientId ? eq(keys.clientId, clientId) : undefined,
          usedBy
            ? exists(
                db
                  .select()
                  .from(keyUses)
                  .where(and(eq(keyUses.keyId, keys.id), eq(keyUses.scheme, usedBy))),
              )
            : undefined,
        ),
      );
      return toPage(found, limit, (key) => cursorOf(key.createdAt, key.id));
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
    async (request) => {
      const [key] = await find(callerOf(request), 1, eq(keys.id, request.params.id));
      if (!key) throw new KeygrantError('not-found');
      return key;
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
        throw invalid([{ field: 'until', message: 'It must be a day from 1970 on, such as 2026-12-31.' }]);
      }
      const event = eventFrom(
        request,
        'key.dgrk-limited',
        { type: 'key', id },
        { key: id, dgrkUntil: until },
      );
      await limitDgrk(db, id, until, event);
      const [key] = await find(callerOf(request), 1, eq(keys.id, id));
      if (!key) throw new KeygrantError('not-found');
      return key;
    },
  );

  async function find(caller: Caller, limit: number, condition: SQL | undefined) {
    const rows = await db
      .select({ key: keys, client: clients })
      .from(keys)
      .innerJoin(clients, eq(clients.id, keys.clientId))
      .innerJoin(applications, eq(applications.id, keys.applicationId))
      .where(and(visibleTo(db, caller), condition))
      .orderBy(desc(keys.createdAt), desc(keys.id))
      .limit(limit);
    const opened = await db
      .select({ keyId: keyApis.keyId, id: apis.id, name: apis.name })
      .from(keyApis)
      .innerJoin(apis, eq(apis.id, keyApis.apiId))
      .where(
        inArray(
          keyApis.keyId,
          rows.map(({ key }) => key.id),
        ),
      )
      .orderBy(apis.id);
    const uses = await usesOf(
      db,
      rows.map(({ key }) => key.id),
    );
    const today = dateIn(config.timeZone, new Date());
    return rows.map(({ key, client }) => {
      const validity = validityOn(today, key.effectiveOn, key.expiresOn);
      return {
        id: key.id,
        apiKey: key.apiKey,
        name: key.name,
        client: { id: client.id, name: client.name },
        applicationId: key.applicationId,
        effectiveOn: key.effectiveOn,
        expiresOn: key.expiresOn,
        validity,
        revokedAt: key.revokedAt?.toISOString() ?? null,
        usable: validity === 'effective' && key.revokedAt === null && client.enabled,
        quota: key.quota,
        used: key.used,
        apis: opened.filter((api) => api.keyId === key.id).map(({ id, name }) => ({ id, name })),
        dgrkUntil: key.dgrkUntil,
        lastUse: { dgrk: null, message: null, ...uses.get(key.id) },
        createdAt: key.createdAt.toISOString(),
      };
    });
  }
}
