import { and, desc, eq, gt, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { type Static, Type } from 'typebox';
import { newId } from '../crypto/ids.ts';
import { appendAudit } from '../db/audit.ts';
import { findPerson } from '../db/people.ts';
import { delegations } from '../db/schema/delegations.ts';
import { people } from '../db/schema/people.ts';
import { KeygrantError, type Violation } from '../domain/errors.ts';
import type { Words } from '../domain/languages.ts';
import { isAdmin, seesEverything } from '../domain/people.ts';
import { eventFrom } from './audit-events.ts';
import { type Caller, callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import { invalid } from './errors.ts';
import {
  Moment,
  Name,
  named,
  nullable,
  PageQuery,
  PersonId,
  pageOf,
  problemResponses,
  queryOf,
  Reference,
} from './schemas.ts';

const longest = 366;
const Body = Type.Object(
  {
    deputyId: PersonId,
    delegatorId: Type.Optional({ ...PersonId, description: 'yourself, unless you are an admin' }),
    startsAt: Type.Optional({ ...Moment, description: 'now, unless given; such as 2026-12-24T08:00:00Z' }),
    endsAt: { ...Moment, description: `at most ${longest} days after its start` },
    reason: Type.Optional(Name),
  },
  { additionalProperties: false },
);
const Delegation = named('Delegation', {
  id: Type.String(),
  delegator: Reference,
  deputy: Reference,
  startsAt: Moment,
  endsAt: Moment,
  reason: nullable(Type.String()),
  createdBy: Type.String(),
});

const tags = ['Delegations'];
const delegators = alias(people, 'delegators');

/** Who decides in whose place while they are away. A deputy decides as the other would: never for the applicant. */
export function delegationRoutes(app: App, { db }: Context): void {
  app.get(
    '/v1/delegations',
    {
      schema: {
        operationId: 'listDelegations',
        tags,
        summary: 'List delegations that you gave or got; admins and auditors see all',
        querystring: queryOf({
          ...PageQuery,
          open: Type.Optional(Type.Boolean({ description: 'only those that have not ended' })),
        }),
        response: { 200: pageOf(Delegation), ...problemResponses },
      },
    },
    async (request) => {
      const { person } = callerOf(request);
      const { limit, cursor, open } = request.query;
      const [moment, id] = readCursor(cursor, ['moment', 'text']) ?? [];
      const rows = await listed(
        and(
          seesEverything(person)
            ? undefined
            : or(eq(delegations.delegatorId, person.id), eq(delegations.deputyId, person.id)),
          open ? gt(delegations.endsAt, sql`now()`) : undefined,
          moment === undefined
            ? undefined
            : sql`(${delegations.createdAt}, ${delegations.id}) < (${moment}::timestamptz, ${id}::text)`,
        ),
        limit + 1,
      );
      const page = toPage(rows, limit, ({ delegation }) =>
        cursorOf(delegation.createdAt.toISOString(), delegation.id),
      );
      return { ...page, items: page.items.map((row) => show(row.delegation, row.delegator, row.deputy)) };
    },
  );

  app.post(
    '/v1/delegations',
    {
      schema: {
        operationId: 'addDelegation',
        tags,
        summary: 'Let somebody decide in your place for a time',
        body: Body,
        response: { 201: Delegation, ...problemResponses },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { reason = null } = request.body;
      const { delegator, deputy, startsAt, endsAt } = await parse(caller, request.body);
      const row = {
        id: newId('delegation'),
        delegatorId: delegator.id,
        deputyId: deputy.id,
        startsAt,
        endsAt,
        reason,
        createdBy: caller.person.id,
      };
      await db.transaction(async (tx) => {
        await tx.insert(delegations).values(row);
        const subject = { type: 'person', id: delegator.id };
        await appendAudit(tx, eventFrom(request, 'delegation.given', subject, { ...row }));
      });
      return reply.code(201).send(show({ ...row, createdAt: new Date() }, delegator.name, deputy.name));
    },
  );

  app.post(
    '/v1/delegations/:id/end',
    {
      schema: {
        operationId: 'endDelegation',
        tags,
        summary: 'End a delegation now; one that has not begun never does',
        params: Type.Object({
          id: Type.String({ pattern: '^del_[0-9a-z]{20}$', description: 'a delegation id' }),
        }),
        response: { 200: Delegation, ...problemResponses },
      },
    },
    async (request) => {
      const { person } = callerOf(request);
      const { id } = request.params;
      const [found] = await listed(eq(delegations.id, id), 1);
      const row = found?.delegation;
      const concerned = row && [row.delegatorId, row.deputyId, row.createdBy].includes(person.id);
      if (!row || !(concerned || seesEverything(person))) throw new KeygrantError('not-found');
      if (row.deputyId === person.id || !(concerned || isAdmin(person)))
        throw new KeygrantError('forbidden', {
          en: 'Whoever gave a delegation ends it, or an admin.',
          'zh-TW': '代理只能由委託人或管理員結束。',
        });
      const end = sql`greatest(now(), ${delegations.startsAt})`;
      const endsAt = await db.transaction(async (tx) => {
        const [ended] = await tx
          .update(delegations)
          .set({ endsAt: end })
          .where(and(eq(delegations.id, id), gt(delegations.endsAt, end)))
          .returning({ endsAt: delegations.endsAt });
        if (!ended) throw new KeygrantError('delegation-ended');
        const subject = { type: 'person', id: row.delegatorId };
        await appendAudit(
          tx,
          eventFrom(request, 'delegation.ended', subject, { id, deputyId: row.deputyId }),
        );
        return ended.endsAt;
      });
      return show({ ...row, endsAt }, found.delegator, found.deputy);
    },
  );

  function listed(condition: SQL | undefined, limit: number) {
    return db
      .select({ delegation: delegations, delegator: delegators.name, deputy: people.name })
      .from(delegations)
      .innerJoin(people, eq(people.id, delegations.deputyId))
      .innerJoin(delegators, eq(delegators.id, delegations.delegatorId))
      .where(condition)
      .orderBy(desc(delegations.createdAt), desc(delegations.id))
      .limit(limit);
  }

  /** What the body says, if it can be: both people registered and enabled, and a period that lies ahead. */
  async function parse({ person, via }: Caller, body: Static<typeof Body>) {
    const { deputyId, delegatorId = person.id } = body;
    if (via !== null || (delegatorId !== person.id && !isAdmin(person)))
      throw new KeygrantError('forbidden', {
        en: 'You delegate your own decisions only; an admin those of others.',
        'zh-TW': '您只能委託自己的審核；管理員可以委託他人的審核。',
      });
    const now = new Date();
    const startsAt = body.startsAt === undefined ? now : new Date(body.startsAt);
    const endsAt = new Date(body.endsAt);
    const [delegator, deputy] = await Promise.all([findPerson(db, delegatorId), findPerson(db, deputyId)]);
    const violations: Violation[] = [];
    const say = (field: keyof typeof body, message: Words) => violations.push({ field, message });
    if (!deputy?.enabled)
      say('deputyId', {
        en: `Nobody enabled is registered as ${deputyId}.`,
        'zh-TW': `沒有以 ${deputyId} 登錄且已啟用的人員。`,
      });
    if (!delegator)
      say('delegatorId', {
        en: `Nobody is registered as ${delegatorId}.`,
        'zh-TW': `沒有以 ${delegatorId} 登錄的人員。`,
      });
    if (deputyId === delegatorId) say('deputyId', { en: 'Name somebody else.', 'zh-TW': '請指定其他人。' });
    if (endsAt <= startsAt || endsAt <= now)
      say('endsAt', {
        en: 'It must end after it begins, and after now.',
        'zh-TW': '結束時間必須晚於開始時間，也必須晚於現在。',
      });
    if (endsAt.getTime() - startsAt.getTime() > longest * 86_400_000)
      say('endsAt', {
        en: `At most ${longest} days after its start would be right.`,
        'zh-TW': `必須在開始之後的 ${longest} 天內。`,
      });
    if (violations.length > 0 || !delegator || !deputy) throw invalid(violations);
    return { delegator, deputy, startsAt, endsAt };
  }
}

function show(row: typeof delegations.$inferSelect, delegator: string, deputy: string) {
  const { id, delegatorId, deputyId, startsAt, endsAt, reason, createdBy } = row;
  return {
    id,
    delegator: { id: delegatorId, name: delegator },
    deputy: { id: deputyId, name: deputy },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    reason,
    createdBy,
  };
}
