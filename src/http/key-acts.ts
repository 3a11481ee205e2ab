import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { derivedId, newId } from '../crypto/ids.ts';
import { signText } from '../crypto/master-keys.ts';
import { appendAudit } from '../db/audit.ts';
import { actOutcome, loadKey } from '../db/key-life.ts';
import { dateIn } from '../domain/dates.ts';
import { parseDuration } from '../domain/durations.ts';
import { KeygrantError } from '../domain/errors.ts';
import {
  type Grace,
  judgeKeyAct,
  type KeyAct,
  type KeyActName,
  keyActPurpose,
  keyActText,
} from '../domain/key-acts.ts';
import { type ProblemCode, problems } from '../domain/problems.ts';
import { Comment } from './acting.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { invalid } from './errors.ts';
import { actPaths, Key, KeyParams } from './key-schemas.ts';
import { visibleKey } from './key-view.ts';
import { etag, idempotencyKey, preconditions } from './preconditions.ts';
import { named, nullable, problemResponses } from './schemas.ts';
import { waitFor } from './waiting.ts';

const Done = named('KeyActOutcome', {
  actId: Type.String(),
  outcome: Type.Enum(['recorded', 'unknown'], {
    description: 'unknown: accepted, but not recorded within two seconds',
  }),
  key: Key,
});

/** Acts without parameters of their own. */
const plain: readonly { act: KeyActName; operationId: string; summary: string; description: string }[] = [
  {
    act: 'finish-rotation',
    operationId: 'finishRotation',
    summary: 'End a rotation before its grace is over',
    description:
      'For the holder and admins, once the new secret has been handed over. The secret before is void at once.',
  },
  {
    act: 'suspend',
    operationId: 'suspendKey',
    summary: 'Suspend a key: its calls are refused until it is resumed',
    description: 'For the holder and admins; it needs a comment. It counts within a second on every process.',
  },
  {
    act: 'resume',
    operationId: 'resumeKey',
    summary: 'Resume a suspended key',
    description:
      'For admins, and for the holder where they suspended it themselves and no leak was reported.',
  },
  {
    act: 'revoke',
    operationId: 'revokeKey',
    summary: 'Revoke a key at once',
    description:
      'For admins; it needs a comment. Holders apply for a revocation. A revoked key stays readable, with its history.',
  },
  {
    act: 'report-leak',
    operationId: 'reportLeak',
    summary: 'Report that the secret of a key has leaked',
    description:
      'For the holder, their portal, and admins; it needs a comment. Suspends the key at once, tells its holder, the admins and those ' +
      'who approved it, and approves a new secret in advance: see reissue.',
  },
  {
    act: 'reissue',
    operationId: 'reissueKey',
    summary: 'Have a new secret after a leak, without another review',
    description:
      'For the holder and admins, once for each report. The leaked secret is void, the API key stays, the new secret is delivered as the ' +
      'first one was, and the key is resumed.',
  },
];

/** What people do to keys in use: each is a signed signal to the key's workflow, judged there again. */
export function keyActRoutes(app: App, context: Context): void {
  const common = {
    tags: ['Keys'],
    params: KeyParams,
    headers: Type.Object(preconditions.retry),
    response: { 200: Done, 202: Done, ...problemResponses },
  };

  app.post(
    '/v1/keys/:id/rotation',
    {
      schema: {
        ...common,
        operationId: 'rotateKey',
        summary: 'Give a key a new secret, valid beside the one before for a while',
        description:
          'For the holder and admins, one rotation at a time. The API key stays. The new secret is delivered as the first one was, after the ' +
          'same delay; it can be neither held nor recalled, since the key goes on working by the secret before. That one stays valid for the ' +
          'grace, counted from when the new one was handed over, or, with until "unused", until no call was signed with it for some days.',
        body: Type.Object(
          {
            grace: Type.Optional(
              Type.String({ pattern: '^\\d{1,9}(?:s|m|h|d)$', description: 'a duration such as 7d or 12h' }),
            ),
            until: Type.Optional(Type.Enum(['unused'])),
            unusedDays: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 365, description: 'with until; 7 where it is left out' }),
            ),
            comment: Type.Optional(Comment),
          },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { comment } = request.body;
      const grace = graceOf(request.body, context.config.keyLife.longestGraceMs);
      return actOn(context, request, reply, request.params.id, { act: 'rotate', comment, grace });
    },
  );

  for (const { act, ...words } of plain) {
    app.post(
      `/v1/keys/:id/${actPaths[act]}`,
      {
        schema: {
          ...common,
          ...words,
          body: nullable(Type.Object({ comment: Type.Optional(Comment) }, { additionalProperties: false })),
        },
      },
      async (request, reply) =>
        actOn(context, request, reply, request.params.id, { act, comment: request.body?.comment }),
    );
  }
}

interface Acting {
  act: KeyActName;
  comment: string | undefined;
  grace?: Grace;
}

/**
 * Acts on a key: judged here, signed, sent as a signal, and answered with what became of it. 200 with the recorded outcome,
 * or 202 when it is not known within two seconds.
 */
async function actOn(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  acting: Acting,
) {
  const { db, config, keys: processes } = context;
  const caller = callerOf(request);
  await visibleKey(context, caller, id);
  const act = actFrom(request, id, acting);
  const earlier = await actOutcome(db, act.id);
  if (earlier === undefined) {
    await requireJudgement(context, request, act);
    await processes.act({ ...act, signature: signText(config.masterKeys, keyActPurpose, keyActText(act)) });
  }
  const outcome = earlier ?? (await waitFor(() => actOutcome(db, act.id)));
  if (outcome !== undefined && outcome !== 'recorded') throw new KeygrantError(outcome as ProblemCode);
  const key = await visibleKey(context, caller, id);
  return reply
    .code(outcome ? 200 : 202)
    .header('etag', etag(key.revision))
    .header('location', `/v1/keys/${id}`)
    .send({ actId: act.id, outcome: outcome ? ('recorded' as const) : ('unknown' as const), key });
}

function actFrom(request: FastifyRequest, keyId: string, { act, comment = '', grace }: Acting): KeyAct {
  const { person, via } = callerOf(request);
  const retry = idempotencyKey(request);
  // The same key with another body is another act, which the rules then judge.
  const sent = JSON.stringify([act, comment, grace ?? null]);
  return {
    id: retry === undefined ? newId('keyAct') : derivedId('keyAct', keyId, person.id, retry, sent),
    keyId,
    personId: person.id,
    via,
    act,
    comment,
    requestId: request.id,
    ...(grace ? { grace } : {}),
  };
}

/** Refuses at once what is wrong already, and puts the attempt on record; the workflow judges again. */
async function requireJudgement(
  { db, config }: Context,
  request: FastifyRequest,
  act: KeyAct,
): Promise<void> {
  const key = await loadKey(db, act.keyId, dateIn(config.timeZone, new Date()));
  if (!key) throw new KeygrantError('not-found');
  const problem = judgeKeyAct(key.standing, callerOf(request).person, act);
  if (!problem) return;
  const subject = { type: 'key', id: act.keyId };
  const details = { key: act.keyId, problem, act: act.act, keyAct: act.id };
  await db.transaction((tx) => appendAudit(tx, eventFrom(request, 'key.act-refused', subject, details)));
  throw new KeygrantError(
    problem,
    problems[problem],
    problem === 'comment-required'
      ? [
          {
            field: 'comment',
            message: { en: 'Say why; others are told.', 'zh-TW': '請說明原因；相關人員會收到。' },
          },
        ]
      : [],
  );
}

function graceOf(
  { grace, until, unusedDays }: { grace?: string; until?: string; unusedDays?: number },
  longestMs: number,
): Grace {
  if (until !== undefined && grace !== undefined)
    throw invalid([
      {
        field: 'grace',
        message: { en: 'Send it or until, not both.', 'zh-TW': '這一項與 until 只能擇一。' },
      },
    ]);
  if (until !== undefined) return { unusedDays: unusedDays ?? 7 };
  if (unusedDays !== undefined)
    throw invalid([
      {
        field: 'unusedDays',
        message: { en: 'It goes with until: "unused" alone.', 'zh-TW': '只能與 until: "unused" 一起使用。' },
      },
    ]);
  const ms = grace === undefined ? undefined : parseDuration(grace);
  if (ms === undefined)
    throw invalid([
      {
        field: 'grace',
        message: {
          en: 'Say how long the secret before stays valid, such as 7d; or until: "unused".',
          'zh-TW': '請指定先前的私鑰要維持多久有效，例如 7d；或使用 until: "unused"。',
        },
      },
    ]);
  if (ms > longestMs)
    throw invalid([
      {
        field: 'grace',
        message: {
          en: `At most ${Math.floor(longestMs / 3_600_000)}h (ROTATION_GRACE_MAX) would be right.`,
          'zh-TW': `最長為 ${Math.floor(longestMs / 3_600_000)}h（ROTATION_GRACE_MAX）。`,
        },
      },
    ]);
  return { ms };
}
