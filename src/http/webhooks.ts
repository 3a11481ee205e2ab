import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { newId } from '../crypto/ids.ts';
import { newWebhookSecret } from '../crypto/webhook-secrets.ts';
import { findPerson } from '../db/people.ts';
import {
  addWebhook,
  changeWebhook,
  deleteWebhook,
  findWebhook,
  listWebhooks,
  replaceSecret,
  type WebhookRow,
} from '../db/webhooks.ts';
import { KeygrantError } from '../domain/errors.ts';
import type { Words } from '../domain/languages.ts';
import { isAdmin, type Person, seesEverything } from '../domain/people.ts';
import { deliveriesKeptDays, pauses, webhookEventTypes } from '../domain/webhooks.ts';
import { addressesOf, DestinationError, faultOf } from '../webhooks/destinations.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import { invalid } from './errors.ts';
import { etag, preconditions, requiredRevision } from './preconditions.ts';
import {
  Moment,
  named,
  nullable,
  PageQuery,
  Paragraph,
  PersonId,
  pageOf,
  problemResponses,
  queryOf,
} from './schemas.ts';

const Url = Type.String({
  format: 'uri',
  pattern: '^https?://[^/?#@]+(?:[/?#]|$)',
  maxLength: 1000,
  description: 'where events are posted, such as https://portal.example.com/keygrant',
});

const Types = Type.Array(Type.Enum([...webhookEventTypes]), {
  uniqueItems: true,
  maxItems: webhookEventTypes.length,
  description: `which events; empty for all of ${webhookEventTypes.join(', ')}`,
});

const Changeable = {
  url: Url,
  description: Paragraph,
  types: Types,
  enabled: Type.Boolean({
    description: `while false nothing is sent, and what happens meanwhile waits for up to ${deliveriesKeptDays} days`,
  }),
};

const Webhook = named('Webhook', {
  id: Type.String(),
  portalId: nullable(Type.String({ description: 'whose applications it is told of; null for all' })),
  ...Changeable,
  pausedBecause: nullable(
    Type.Enum([...pauses], {
      description: 'failing: nothing came through for three days; gone: the endpoint answered 410',
    }),
  ),
  lastDeliveredAt: nullable(Moment),
  revision: Type.Integer(),
  createdAt: Moment,
});

const Secret = Type.String({ description: 'whsec_…, shown this once; deliveries are signed with it' });

export const WebhookParams = Type.Object({
  id: Type.String({ pattern: '^hook_[0-9a-z]{20}$', description: 'a webhook id' }),
});

const about = {
  tags: ['Webhooks'],
  description: 'A portal acts for itself here, without On-Behalf-Of; admins for everybody.',
};
/** Where a portal is itself, not the applicant whom it names. */
export const webhookRoute = { config: { portalItself: true } };

/** Where portals want to be told of what happens to the applications that they wrote (Standard Webhooks). */
export function webhookRoutes(app: App, { db, config }: Context): void {
  app.get(
    '/v1/webhooks',
    {
      ...webhookRoute,
      schema: {
        operationId: 'listWebhooks',
        ...about,
        summary: 'List webhooks',
        querystring: queryOf(PageQuery),
        response: { 200: pageOf(Webhook), ...problemResponses },
      },
    },
    async (request) => {
      const person = concerned(callerOf(request).person);
      const { limit, cursor } = request.query;
      const portalId = seesEverything(person) ? undefined : person.id;
      const rows = await listWebhooks(db, { portalId, limit, after: readCursor(cursor, ['text'])?.[0] });
      const page = toPage(rows, limit, ({ id }) => cursorOf(id));
      return { ...page, items: page.items.map(view) };
    },
  );

  app.get(
    '/v1/webhooks/:id',
    {
      ...webhookRoute,
      schema: {
        operationId: 'readWebhook',
        ...about,
        summary: 'Read one webhook',
        params: WebhookParams,
        response: { 200: Webhook, ...problemResponses },
      },
    },
    async (request, reply) => {
      const webhook = await visibleWebhook(db, request);
      return reply.header('etag', etag(webhook.revision)).send(view(webhook));
    },
  );

  app.post(
    '/v1/webhooks',
    {
      ...webhookRoute,
      schema: {
        operationId: 'addWebhook',
        ...about,
        summary: 'Add a webhook; the answer holds the secret that its deliveries are signed with, this once',
        body: Type.Object(
          {
            url: Url,
            portalId: Type.Optional(
              Type.Union([PersonId, Type.Null()], {
                description: 'for admins: whose applications it is told of, or null for all',
              }),
            ),
            description: Type.Optional(Changeable.description),
            types: Type.Optional(Types),
            enabled: Type.Optional(Changeable.enabled),
          },
          { additionalProperties: false },
        ),
        response: { 201: Type.Object({ ...Webhook.properties, secret: Secret }), ...problemResponses },
      },
    },
    async (request, reply) => {
      const person = changing(callerOf(request).person);
      const { url, description = '', types = [], enabled = true } = request.body;
      const portalId = await portalOf(person, request.body.portalId);
      await requireDestination(url);
      const id = newId('webhook');
      const secret = newWebhookSecret();
      const fields = { url, description, types, enabled };
      const event = eventFrom(request, 'webhook.added', { type: 'webhook', id }, { portalId, ...fields });
      const added = await addWebhook(db, config.masterKeys, { id, portalId, ...fields }, secret, event);
      return reply
        .code(201)
        .header('location', `/v1/webhooks/${id}`)
        .header('etag', etag(added.revision))
        .send({ ...view(added), secret });
    },
  );

  app.patch(
    '/v1/webhooks/:id',
    {
      ...webhookRoute,
      schema: {
        operationId: 'changeWebhook',
        ...about,
        summary: 'Change a webhook, or switch it off and on',
        params: WebhookParams,
        headers: Type.Object(preconditions.required),
        body: Type.Partial(Type.Object(Changeable), { additionalProperties: false, minProperties: 1 }),
        response: { 200: Webhook, ...problemResponses },
      },
    },
    async (request, reply) => {
      changing(callerOf(request).person);
      const { id } = await visibleWebhook(db, request);
      const revision = requiredRevision(request);
      const change = request.body;
      if (change.url !== undefined) await requireDestination(change.url);
      const event = eventFrom(request, 'webhook.changed', { type: 'webhook', id }, { ...change });
      const changed = await changeWebhook(db, id, revision, change, event);
      return reply.header('etag', etag(changed.revision)).send(view(changed));
    },
  );

  app.delete(
    '/v1/webhooks/:id',
    {
      ...webhookRoute,
      schema: {
        operationId: 'deleteWebhook',
        ...about,
        summary: 'Delete a webhook with its log and what still waits for it',
        params: WebhookParams,
        headers: Type.Object(preconditions.required),
        response: { 204: Type.Null(), ...problemResponses },
      },
    },
    async (request, reply) => {
      changing(callerOf(request).person);
      const { id, url } = await visibleWebhook(db, request);
      const event = eventFrom(request, 'webhook.deleted', { type: 'webhook', id }, { url });
      await deleteWebhook(db, id, requiredRevision(request), event);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/v1/webhooks/:id/secret',
    {
      ...webhookRoute,
      schema: {
        operationId: 'replaceWebhookSecret',
        ...about,
        summary: 'Replace the secret; for a day deliveries are signed with both',
        params: WebhookParams,
        response: {
          200: Type.Object({ secret: Secret, previousUntil: Moment }),
          ...problemResponses,
        },
      },
    },
    async (request) => {
      changing(callerOf(request).person);
      const { id } = await visibleWebhook(db, request);
      const secret = newWebhookSecret();
      const event = eventFrom(request, 'webhook.secret-replaced', { type: 'webhook', id });
      const until = await replaceSecret(db, config.masterKeys, id, secret, event);
      return { secret, previousUntil: until.toISOString() };
    },
  );

  /** Whose applications a new webhook is told of: a portal's own; an admin says. */
  async function portalOf(person: Person, asked: string | null | undefined): Promise<string | null> {
    if (!isAdmin(person)) {
      if (asked !== undefined && asked !== person.id) {
        throw new KeygrantError('forbidden', {
          en: 'A portal is told of its own applications only.',
          'zh-TW': '入口網站只會收到自己的申請的通知。',
        });
      }
      return person.id;
    }
    if (asked === undefined || asked === null) return null;
    const portal = await findPerson(db, asked);
    if (portal?.roles.includes('portal')) return asked;
    throw invalid([
      {
        field: 'portalId',
        message: {
          en: 'There is no portal of this id among the people.',
          'zh-TW': '人員中沒有這個識別碼的入口網站。',
        },
      },
    ]);
  }

  /** Says at once what would fail at every delivery. What the name leads to then is checked at each of them. */
  async function requireDestination(url: string): Promise<void> {
    const fault = faultOf(url, config.webhooks) ?? (await faultOfHost(url));
    if (fault) throw invalid([{ field: 'url', message: fault }]);
  }

  async function faultOfHost(url: string): Promise<Words | undefined> {
    try {
      await addressesOf(new URL(url), config.webhooks);
      return undefined;
    } catch (error) {
      if (error instanceof DestinationError) return error.words;
      throw error;
    }
  }
}

function view({ createdAt, lastDeliveredAt, ...webhook }: WebhookRow): Static<typeof Webhook> {
  return {
    ...webhook,
    lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

/** Webhooks are the business of portals and of those who see everything. */
function concerned(person: Person): Person {
  if (seesEverything(person) || person.roles.includes('portal')) return person;
  throw new KeygrantError('forbidden', {
    en: 'Webhooks are for portals, admins and auditors.',
    'zh-TW': 'Webhook 只供入口網站、管理員與稽核人員使用。',
  });
}

/** Auditors see everything and change nothing. */
export function changing(person: Person): Person {
  if (isAdmin(person) || person.roles.includes('portal')) return person;
  throw new KeygrantError('forbidden', {
    en: 'This needs the role admin or portal.',
    'zh-TW': '需要 admin 或 portal 角色。',
  });
}

/** The webhook of the path, if it is the caller's to see; else the same answer as for one that does not exist. */
export async function visibleWebhook(db: Context['db'], request: FastifyRequest): Promise<WebhookRow> {
  const person = concerned(callerOf(request).person);
  const webhook = await findWebhook(db, (request.params as { id: string }).id);
  if (!webhook || !(seesEverything(person) || webhook.portalId === person.id))
    throw new KeygrantError('not-found');
  return webhook;
}
