import { Type } from 'typebox';
import { countWaiting, mostCounted } from '../db/application-lists.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { Moment, named, nullable, problemResponses } from './schemas.ts';

const Inbox = named('Inbox', {
  waiting: Type.Integer({ description: `how many applications wait for you, counted up to ${mostCounted}` }),
  oldestSince: nullable({ ...Moment, description: 'since when the one waits that waits longest' }),
});

/** How much waits for somebody; what it is, `GET /v1/applications?waitingFor=me` tells. */
export function inboxRoutes(app: App, { db }: Context): void {
  app.get(
    '/v1/inbox',
    {
      schema: {
        operationId: 'readInbox',
        tags: ['Applications'],
        summary: 'How many applications wait for your decision',
        response: { 200: Inbox, ...problemResponses },
      },
    },
    async (request) => {
      const { waiting, oldestSince } = await countWaiting(db, callerOf(request));
      return { waiting, oldestSince: oldestSince?.toISOString() ?? null };
    },
  );
}
