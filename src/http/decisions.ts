import { Type } from 'typebox';
import { verdicts } from '../domain/decision.ts';
import { maxLevels } from '../domain/levels.ts';
import { act, Comment, Outcome } from './acting.ts';
import { ApplicationParams } from './applications.ts';
import type { App, Context } from './context.ts';
import { preconditions } from './preconditions.ts';
import { problemResponses } from './schemas.ts';

const Body = Type.Object(
  {
    verdict: Type.Enum([...verdicts]),
    comment: Type.Optional(Comment),
    level: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: maxLevels,
        description: 'the level as you saw it; else the one that is open',
      }),
    ),
    digest: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'the digest of the application as you saw it',
    }),
  },
  { additionalProperties: false },
);

/** Reviewers' verdicts on the open level. */
export function decisionRoutes(app: App, context: Context): void {
  app.post(
    '/v1/applications/:id/decisions',
    {
      schema: {
        tags: ['Applications'],
        summary: 'Approve, deny or return the open level',
        description:
          'To deny or return needs a comment, which the applicant is told. 200 with the recorded outcome, or 202 when it ' +
          'is not known within two seconds: look at the application again. With an Idempotency-Key a retry is the same ' +
          'decision.',
        params: ApplicationParams,
        headers: Type.Object(preconditions.retry),
        body: Body,
        response: { 200: Outcome, 202: Outcome, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { verdict, ...rest } = request.body;
      return act(context, request, reply, request.params.id, { act: verdict, ...rest });
    },
  );
}
