import { Type } from 'typebox';
import type { Intervention } from '../domain/decision.ts';
import { act, Comment, Outcome } from './acting.ts';
import { ApplicationParams } from './applications.ts';
import type { App, Context } from './context.ts';
import { preconditions } from './preconditions.ts';
import { nullable, problemResponses } from './schemas.ts';

const routes: readonly { act: Intervention; path: string; summary: string }[] = [
  {
    act: 'withdraw',
    path: 'withdrawal',
    summary: 'Withdraw your application; possible until the key is issued',
  },
  { act: 'hold', path: 'hold', summary: 'Hold back the mail with the credentials' },
  {
    act: 'release',
    path: 'release',
    summary: 'Release a mail that is held back; it leaves when it is due, or at once',
  },
  { act: 'recall', path: 'recall', summary: 'Recall the key before its mail has left: it is void for good' },
];

/** No body is as good as an empty one. */
const Body = nullable(Type.Object({ comment: Type.Optional(Comment) }, { additionalProperties: false }));

/** What people can still do about an application besides reviewing it. */
export function interventionRoutes(app: App, context: Context): void {
  for (const route of routes) {
    app.post(
      `/v1/applications/:id/${route.path}`,
      {
        schema: {
          tags: ['Applications'],
          operationId: `${route.act}Application`,
          summary: route.summary,
          description:
            'Answers like a decision: 200 with the recorded outcome, or 202 when it is not known yet.',
          params: ApplicationParams,
          headers: Type.Object(preconditions.retry),
          body: Body,
          response: { 200: Outcome, 202: Outcome, ...problemResponses },
        },
      },
      async (request, reply) =>
        act(context, request, reply, request.params.id, { act: route.act, level: 0, ...request.body }),
    );
  }
}
