import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { derivedId, newId } from '../crypto/ids.ts';
import { signText } from '../crypto/master-keys.ts';
import { loadApplication, reviewOf } from '../db/applications.ts';
import { appendAudit } from '../db/audit.ts';
import { outcomeOf } from '../db/trails.ts';
import { type Decision, decisionPurpose, decisionText, verdicts } from '../domain/decision.ts';
import { KeygrantError, type ProblemCode, problems } from '../domain/errors.ts';
import { maxLevels } from '../domain/levels.ts';
import { judge } from '../domain/review.ts';
import { limits, manyLines } from '../domain/text.ts';
import { Application } from './application-schemas.ts';
import { ApplicationParams, visibleApplication } from './applications.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { etag, idempotencyKey } from './preconditions.ts';
import { problemResponses } from './schemas.ts';
import { waitFor } from './waiting.ts';

const Body = Type.Object(
  {
    verdict: Type.Enum([...verdicts]),
    comment: Type.Optional(
      Type.String({
        pattern: manyLines,
        maxLength: limits.comment,
        description: `at most ${limits.comment} characters; needed to deny`,
      }),
    ),
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

const Outcome = Type.Object({
  decisionId: Type.String(),
  outcome: Type.Enum(['recorded', 'unknown'], {
    description: 'unknown: accepted, but not recorded within two seconds',
  }),
  application: Application,
});

/** Reviewers' decisions: authorised here, signed, sent as a signal, and answered with what became of them. */
export function decisionRoutes(app: App, context: Context): void {
  const { db, config, applications: processes } = context;

  app.post(
    '/v1/applications/:id/decisions',
    {
      schema: {
        tags: ['Applications'],
        summary: 'Approve or deny the open level',
        description:
          '200 with the recorded outcome, or 202 when it is not known within two seconds: look at the application again. ' +
          'With an Idempotency-Key a retry is the same decision.',
        params: ApplicationParams,
        body: Body,
        response: { 200: Outcome, 202: Outcome, ...problemResponses },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id } = request.params;
      const seen = await visibleApplication(context, id, caller);
      const decision = decisionFrom(request, id, request.body, seen.level ?? 0);
      const earlier = await outcomeOf(db, decision.id);
      if (earlier === undefined) {
        await requireJudgement(request, decision);
        const signature = signText(config.masterKeys, decisionPurpose, decisionText(decision));
        await processes.decide({ ...decision, signature });
      }
      const outcome = earlier ?? (await waitFor(() => outcomeOf(db, decision.id)));
      if (outcome !== undefined && outcome !== 'recorded') throw new KeygrantError(outcome as ProblemCode);
      const now = await visibleApplication(context, id, caller);
      return reply
        .code(outcome ? 200 : 202)
        .header('etag', etag(now.revision))
        .header('location', `/v1/applications/${id}`)
        .send({ decisionId: decision.id, outcome: outcome ? 'recorded' : 'unknown', application: now });
    },
  );

  function decisionFrom(
    request: FastifyRequest,
    applicationId: string,
    body: Static<typeof Body>,
    openLevel: number,
  ): Decision {
    const { person } = callerOf(request);
    const key = idempotencyKey(request);
    const { level, verdict, digest, comment = '' } = body;
    // The same key with another body is another decision, which the rules then judge.
    const sent = JSON.stringify([level, verdict, digest, comment]);
    return {
      id: key === undefined ? newId('decision') : derivedId('decision', applicationId, person.id, key, sent),
      applicationId,
      reviewerId: person.id,
      level: level ?? openLevel,
      verdict,
      comment,
      digest,
      requestId: request.id,
    };
  }

  /** Refuses at once what is wrong already, and puts the attempt on record; the workflow judges again. */
  async function requireJudgement(request: FastifyRequest, decision: Decision): Promise<void> {
    const { person } = callerOf(request);
    const application = await loadApplication(db, decision.applicationId);
    if (!application) throw new KeygrantError('not-found');
    const problem = judge(reviewOf(application), person, decision);
    if (!problem) return;
    const details = {
      problem,
      level: application.row.level,
      verdict: decision.verdict,
      decision: decision.id,
    };
    const event = eventFrom(
      request,
      'decision.refused',
      { type: 'application', id: decision.applicationId },
      details,
    );
    await db.transaction((tx) => appendAudit(tx, event));
    throw new KeygrantError(
      problem,
      problems[problem],
      problem === 'comment-required'
        ? [{ field: 'comment', message: 'Say why; the applicant is told.' }]
        : [],
    );
  }
}
