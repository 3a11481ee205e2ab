import { type Static, Type } from 'typebox';
import { appendAudit } from '../db/audit.ts';
import { listDeliveries, queueAgain, queueTest, withAttempts } from '../db/webhook-deliveries.ts';
import { KeygrantError } from '../domain/errors.ts';
import { deliveryStates, webhookEventTypes } from '../domain/webhooks.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import { Moment, named, nullable, PageQuery, pageOf, problemResponses, queryOf } from './schemas.ts';
import { changing, visibleWebhook, WebhookParams, webhookRoute } from './webhooks.ts';

const Delivery = named('WebhookDelivery', {
  eventId: Type.String({ description: 'the `webhook-id` of every attempt' }),
  type: Type.Enum([...webhookEventTypes]),
  applicationId: nullable(Type.String()),
  occurredAt: Moment,
  state: Type.Enum([...deliveryStates], { description: 'failed: given up after three days of attempts' }),
  nextAttemptAt: nullable(Moment),
  attempts: Type.Array(
    Type.Object({
      number: Type.Integer(),
      startedAt: Moment,
      endedAt: nullable(Moment),
      succeeded: nullable(
        Type.Boolean({ description: 'null: under way, or cut off: the outcome is unknown' }),
      ),
      answer: nullable(
        Type.String({ description: 'the HTTP status, or why there was none; never what the receiver wrote' }),
      ),
    }),
  ),
});

const about = {
  tags: ['Webhooks'],
  description: 'A portal acts for itself here, without On-Behalf-Of; admins for everybody.',
};

/** What was sent to webhooks, and how they answered. */
export function webhookDeliveryRoutes(app: App, { db }: Context): void {
  app.get(
    '/v1/webhooks/:id/deliveries',
    {
      ...webhookRoute,
      schema: {
        operationId: 'listWebhookDeliveries',
        ...about,
        summary: 'Read the delivery log, newest first',
        params: WebhookParams,
        querystring: queryOf({ ...PageQuery, state: Type.Optional(Type.Enum([...deliveryStates])) }),
        response: { 200: pageOf(Delivery), ...problemResponses },
      },
    },
    async (request) => {
      const webhook = await visibleWebhook(db, request);
      const { limit, cursor, state } = request.query;
      const [moment, id] = readCursor(cursor, ['moment', 'text']) ?? [];
      const after = moment !== undefined && id !== undefined ? { moment, id } : undefined;
      // One snapshot: an attempt that ends meanwhile would stand beside what was due before it.
      const rows = await db.transaction((tx) => listDeliveries(tx, webhook.id, { limit, after, state }), {
        isolationLevel: 'repeatable read',
        accessMode: 'read only',
      });
      const page = toPage(rows, limit, ({ delivery }) =>
        cursorOf(delivery.occurredAt.toISOString(), delivery.eventId),
      );
      return { ...page, items: page.items.map(view) };
    },
  );

  app.post(
    '/v1/webhooks/:id/test',
    {
      ...webhookRoute,
      schema: {
        operationId: 'testWebhook',
        ...about,
        summary: 'Send a test event; the delivery log tells how it was answered',
        params: WebhookParams,
        response: { 202: Delivery, ...problemResponses },
      },
    },
    async (request, reply) => {
      changing(callerOf(request).person);
      const { id } = await visibleWebhook(db, request);
      const event = eventFrom(request, 'webhook.tested', { type: 'webhook', id });
      const delivery = await db.transaction(async (tx) => {
        const queued = await queueTest(tx, id);
        await appendAudit(tx, event);
        return queued;
      });
      return reply.code(202).send(view({ delivery, attempts: [] }));
    },
  );

  app.post(
    '/v1/webhooks/:id/deliveries/:eventId/redelivery',
    {
      ...webhookRoute,
      schema: {
        operationId: 'redeliverEvent',
        ...about,
        summary: 'Deliver an event again, under the same webhook-id',
        params: Type.Object({
          ...WebhookParams.properties,
          eventId: Type.String({
            pattern: '^evt_[0-9a-z]{20}_[0-9]{1,9}$',
            description: 'an event id from the delivery log',
          }),
        }),
        response: { 202: Delivery, ...problemResponses },
      },
    },
    async (request, reply) => {
      changing(callerOf(request).person);
      const { id } = await visibleWebhook(db, request);
      const { eventId } = request.params;
      const event = eventFrom(request, 'webhook.redelivered', { type: 'webhook', id }, { event: eventId });
      const delivery = await db.transaction(async (tx) => {
        const queued = await queueAgain(tx, id, eventId);
        if (!queued) throw new KeygrantError('not-found');
        await appendAudit(tx, event);
        return queued;
      });
      const [logged] = await withAttempts(db, [delivery]);
      return reply.code(202).send(view(logged ?? { delivery, attempts: [] }));
    },
  );
}

type Logged = Awaited<ReturnType<typeof withAttempts>>[number];

function view({ delivery, attempts }: Logged): Static<typeof Delivery> {
  const { eventId, type, applicationId, occurredAt, state, nextAttemptAt } = delivery;
  return {
    eventId,
    type,
    applicationId,
    occurredAt: occurredAt.toISOString(),
    state,
    nextAttemptAt: state === 'pending' ? nextAttemptAt.toISOString() : null,
    attempts: attempts.map(({ number, startedAt, endedAt, succeeded, answer }) => ({
      number,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      succeeded,
      answer,
    })),
  };
}
