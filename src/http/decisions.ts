import type { FastifyError, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { verdicts } from '../domain/decision.ts';
import { maxLevels } from '../domain/levels.ts';
import { act, Comment, decideOn, Outcome } from './acting.ts';
import { ApplicationId, ApplicationParams } from './applications.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { describe, invalid, statuses, translate } from './errors.ts';
import { languageOf } from './language.ts';
import { preconditions } from './preconditions.ts';
import { named, nullable, problemResponses } from './schemas.ts';

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

const Several = Type.Object(
  {
    decisions: Type.Array(
      Type.Object({ applicationId: ApplicationId, ...Body.properties }, { additionalProperties: false }),
      { minItems: 1, maxItems: 50, description: '1 to 50 decisions, of different applications' },
    ),
  },
  { additionalProperties: false },
);
const Result = named('DecisionResult', {
  applicationId: Type.String(),
  status: Type.Integer({ description: 'what the decision by itself would have been answered with' }),
  decisionId: nullable(Type.String()),
  outcome: nullable(Type.String()),
  problem: nullable(Type.Object({ code: Type.String(), message: Type.String() })),
});
const Outcomes = Type.Object({ items: Type.Array(Result) });

/** Reviewers' verdicts on the open level. */
export function decisionRoutes(app: App, context: Context): void {
  app.post(
    '/v1/applications/:id/decisions',
    {
      schema: {
        operationId: 'decideOnApplication',
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

  app.post(
    '/v1/decisions',
    {
      schema: {
        operationId: 'decideOnApplications',
        tags: ['Applications'],
        summary: 'Decide several applications, each with its own outcome',
        description:
          'Each is judged, signed and recorded by itself, at the same time: one that fails holds up no other. With an ' +
          'Idempotency-Key a retry is the same decisions.',
        headers: Type.Object(preconditions.retry),
        body: Several,
        response: { 200: Outcomes, ...problemResponses },
      },
    },
    async (request) => {
      callerOf(request);
      const { decisions } = request.body;
      const ids = decisions.map(({ applicationId }) => applicationId);
      const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at);
      if (twice >= 0) {
        const field = `decisions.${twice}.applicationId`;
        throw invalid([
          {
            field,
            message: {
              en: 'It stands here twice; decide each application once.',
              'zh-TW': '同一份申請出現了兩次；每份申請只能決定一次。',
            },
          },
        ]);
      }
      // All at once: each waits for its own workflow.
      return { items: await Promise.all(decisions.map((decision) => outcomeOf(request, decision))) };
    },
  );

  async function outcomeOf(
    request: FastifyRequest,
    { applicationId, verdict, ...rest }: Static<typeof Several>['decisions'][number],
  ) {
    try {
      const { decisionId, outcome } = await decideOn(context, request, applicationId, {
        act: verdict,
        ...rest,
      });
      return {
        applicationId,
        status: outcome === 'recorded' ? 200 : 202,
        decisionId,
        outcome,
        problem: null,
      };
    } catch (error) {
      // Whatever it was: the others have their own outcome.
      const { code, words } = translate(error as FastifyError);
      const status = statuses[code];
      if (status >= 500)
        request.log.error({ err: describe(error as Error), application: applicationId }, code);
      return {
        applicationId,
        status,
        decisionId: null,
        outcome: null,
        problem: { code, message: words[languageOf(request)] },
      };
    }
  }
}
