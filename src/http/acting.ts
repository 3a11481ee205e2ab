import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { derivedId, newId } from '../crypto/ids.ts';
import { signText } from '../crypto/master-keys.ts';
import { type LoadedApplication, loadApplication, reviewOf } from '../db/applications.ts';
import { appendAudit } from '../db/audit.ts';
import { delegatorsOf } from '../db/delegations.ts';
import { loadDelivery } from '../db/deliveries.ts';
import { outcomeOf } from '../db/trails.ts';
import { isVisible } from '../db/visibility.ts';
import { type Act, type Decision, decisionPurpose, decisionText, isDeliveryAct } from '../domain/decision.ts';
import { judgeDelivery } from '../domain/delivery.ts';
import { KeygrantError } from '../domain/errors.ts';
import { type ProblemCode, problems } from '../domain/problems.ts';
import { judge } from '../domain/review.ts';
import { limits, manyLines } from '../domain/text.ts';
import { Application } from './application-schemas.ts';
import { visibleApplication } from './applications.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf } from './auth.ts';
import type { Context } from './context.ts';
import { etag, idempotencyKey } from './preconditions.ts';
import { named } from './schemas.ts';
import { waitFor } from './waiting.ts';

/** What a person does to a submitted application. */
export interface Acting {
  act: Act;
  /** As they saw it; 0 for interventions. */
  level?: number | undefined;
  comment?: string | undefined;
  /** As they saw it. */
  digest?: string | undefined;
  /** That they ask for or, deciding on it, saw. */
  address?: string | undefined;
}

export const Comment = Type.String({
  pattern: manyLines,
  maxLength: limits.comment,
  description: `at most ${limits.comment} characters, without control characters`,
});

export const Outcome = named('DecisionOutcome', {
  decisionId: Type.String(),
  outcome: Type.Enum(['recorded', 'unknown'], {
    description: 'unknown: accepted, but not recorded within two seconds',
  }),
  application: Application,
});

/**
 * Acts on a submitted application: judged here, signed, sent as a signal, and answered with what became of it. 200 with
 * the recorded outcome, or 202 when it is not known within two seconds.
 */
export async function act(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  acting: Acting,
) {
  const done = await decideOn(context, request, id, acting);
  return reply
    .code(done.outcome === 'recorded' ? 200 : 202)
    .header('etag', etag(done.application.revision))
    .header('location', `/v1/applications/${id}`)
    .send(done);
}

/** Acts like {@link act}, for one of several: answers with the outcome, or throws the problem. */
export async function decideOn(
  context: Context,
  request: FastifyRequest,
  id: string,
  acting: Acting,
): Promise<Static<typeof Outcome>> {
  const { db, config, applications: processes } = context;
  const caller = callerOf(request);
  const seen = (await isVisible(db, caller, id)) ? await loadApplication(db, id) : undefined;
  if (!seen) throw new KeygrantError('not-found');
  const decision = decisionFrom(request, id, acting, {
    level:
      acting.act === 'resend'
        ? ((await loadDelivery(db, seen)).mail?.occurrence ?? 0)
        : (seen.row.level ?? 0),
    digest: seen.row.digest ?? 'none',
  });
  const earlier = await outcomeOf(db, decision.id);
  if (earlier === undefined) {
    await requireJudgement(context, request, seen, decision);
    const signature = signText(config.masterKeys, decisionPurpose, decisionText(decision));
    const signed = { ...decision, signature };
    await (isDeliveryAct(decision.act) ? processes.follow(signed) : processes.decide(signed));
  }
  const outcome = earlier ?? (await waitFor(() => outcomeOf(db, decision.id)));
  if (outcome !== undefined && outcome !== 'recorded') throw new KeygrantError(outcome as ProblemCode);
  const application = await visibleApplication(context, id, caller);
  return { decisionId: decision.id, outcome: outcome ? 'recorded' : 'unknown', application };
}

function decisionFrom(
  request: FastifyRequest,
  applicationId: string,
  { act: chosen, level, comment = '', digest, address }: Acting,
  open: { level: number; digest: string },
): Decision {
  const { person, via } = callerOf(request);
  const key = idempotencyKey(request);
  // The same key with another body is another decision, which the rules then judge.
  const about = address === undefined ? {} : { address };
  const sent = JSON.stringify([level, chosen, digest, comment, ...Object.values(about)]);
  return {
    id: key === undefined ? newId('decision') : derivedId('decision', applicationId, person.id, key, sent),
    applicationId,
    personId: person.id,
    via,
    level: level ?? open.level,
    act: chosen,
    comment,
    digest: digest ?? open.digest,
    requestId: request.id,
    ...about,
  };
}

/** Refuses at once what is wrong already, and puts the attempt on record; the workflow judges again. */
async function requireJudgement(
  { db }: Context,
  request: FastifyRequest,
  application: LoadedApplication,
  decision: Decision,
): Promise<void> {
  const { person } = callerOf(request);
  const { act: chosen } = decision;
  const by = { person, delegators: await delegatorsOf(db, person.id, new Date()) };
  const problem = isDeliveryAct(chosen)
    ? judgeDelivery(await loadDelivery(db, application), person, { ...decision, act: chosen })
    : judge(reviewOf(application), by, { ...decision, act: chosen });
  if (!problem) return;
  const details = { problem, level: application.row.level, act: decision.act, decision: decision.id };
  const subject = { type: 'application', id: decision.applicationId };
  const event = eventFrom(request, 'decision.refused', subject, details);
  await db.transaction((tx) => appendAudit(tx, event));
  throw new KeygrantError(
    problem,
    problems[problem],
    problem === 'comment-required'
      ? [
          {
            field: 'comment',
            message: { en: 'Say why; the applicant is told.', 'zh-TW': '請說明原因；申請人會收到。' },
          },
        ]
      : [],
  );
}
