import { inArray } from 'drizzle-orm';
import { type Static, Type } from 'typebox';
import { appendAudit } from '../db/audit.ts';
import { brokenConstraint, type Queryable } from '../db/database.ts';
import { findFlow, insertFlow, listFlows } from '../db/flows.ts';
import { people } from '../db/schema/people.ts';
import { KeygrantError, type Violation } from '../domain/errors.ts';
import { type Level, maxApprovals, maxHours, maxLevels } from '../domain/levels.ts';
import { rolePattern } from '../domain/people.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf, callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { invalid } from './errors.ts';
import { etag, namedRevision, preconditions } from './preconditions.ts';
import { Moment, Name, PersonId, problemResponses, queryOf, Slug } from './schemas.ts';

const hours = (what: string) =>
  Type.Union([Type.Integer({ minimum: 1, maximum: maxHours }), Type.Null()], {
    default: null,
    description: `${what}: hours after the level opened, from 1 to ${maxHours}, or null for never`,
  });

const LevelSchema = Type.Object(
  {
    name: Name,
    reviewers: Type.Object(
      {
        people: Type.Array(PersonId, { uniqueItems: true, maxItems: 100, default: [] }),
        roles: Type.Array(Type.String({ pattern: rolePattern, maxLength: 64 }), {
          uniqueItems: true,
          maxItems: 20,
          default: [],
        }),
      },
      { additionalProperties: false },
    ),
    approvals: Type.Integer({
      minimum: 1,
      maximum: maxApprovals,
      default: 1,
      description: `how many reviewers must approve, from 1 to ${maxApprovals}`,
    }),
    remindAfterHours: hours('when to remind reviewers'),
    lapseAfterHours: hours('when an undecided application lapses'),
  },
  { additionalProperties: false },
);
const Levels = Type.Array(LevelSchema, {
  minItems: 1,
  maxItems: maxLevels,
  description: 'in the order of review',
});
const Flow = Type.Object({
  id: Slug,
  version: Type.Integer(),
  name: Name,
  levels: Levels,
  createdBy: Type.String(),
  createdAt: Moment,
});
const Body = Type.Object({ name: Name, levels: Levels }, { additionalProperties: false });

/** Approval flows. Every change is a new version; open applications keep the one they were submitted under. */
export function flowRoutes(app: App, { db }: Context): void {
  const tags = ['Flows'];

  app.get(
    '/v1/flows',
    {
      schema: {
        tags,
        summary: 'The newest version of every flow',
        response: { 200: Type.Array(Flow), ...problemResponses },
      },
    },
    async (request) => {
      callerOf(request);
      return (await listFlows(db)).map(show);
    },
  );

  app.get(
    '/v1/flows/:id',
    {
      schema: {
        tags,
        summary: 'One flow, its newest version or the one asked for',
        params: Type.Object({ id: Slug }),
        querystring: queryOf({
          version: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
        }),
        response: { 200: Flow, ...problemResponses },
      },
    },
    async (request, reply) => {
      callerOf(request);
      const flow = await findFlow(db, request.params.id, request.query.version);
      if (!flow) throw new KeygrantError('not-found');
      return reply.header('etag', etag(flow.version)).send(show(flow));
    },
  );

  app.put(
    '/v1/flows/:id',
    {
      schema: {
        tags,
        summary: 'Store a new version; with If-Match only on top of the version named',
        params: Type.Object({ id: Slug }),
        headers: Type.Object(preconditions.possible),
        body: Body,
        response: { 201: Flow, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { person } = callerWith(request, 'admin');
      const { id } = request.params;
      const newest = (await findFlow(db, id))?.version ?? 0;
      const seen = namedRevision(request);
      if (seen !== undefined && seen !== newest)
        throw new KeygrantError('revision-changed', `The newest version is ${newest}.`);
      const violations = await violationsOf(db, request.body);
      if (violations.length > 0) throw invalid(violations);
      const flow = { id, version: newest + 1, createdBy: person.id, ...request.body };
      try {
        await db.transaction(async (tx) => {
          await insertFlow(tx, flow);
          await appendAudit(tx, eventFrom(request, 'flow.versioned', { type: 'flow', id }, flow));
        });
      } catch (error) {
        if (brokenConstraint(error) !== 'flows_id_version_pk') throw error;
        throw new KeygrantError(
          'revision-changed',
          'Somebody stored a version at the same moment; read it again.',
        );
      }
      return reply
        .code(201)
        .header('etag', etag(flow.version))
        .send({ ...flow, createdAt: new Date().toISOString() });
    },
  );
}

/** What a schema cannot see: levels without reviewers, people who are not registered. */
async function violationsOf(db: Queryable, { levels }: Static<typeof Body>): Promise<Violation[]> {
  const named = levels.flatMap((level) => level.reviewers.people);
  const known = new Set(
    (await db.select({ id: people.id }).from(people).where(inArray(people.id, named))).map(
      (person) => person.id,
    ),
  );
  return levels.flatMap(({ reviewers, remindAfterHours, lapseAfterHours }, index) => {
    const field = `levels.${index}.reviewers`;
    if (remindAfterHours !== null && lapseAfterHours !== null && remindAfterHours >= lapseAfterHours) {
      return [
        { field: `levels.${index}.remindAfterHours`, message: 'A reminder must come before the lapse.' },
      ];
    }
    if (reviewers.people.length + reviewers.roles.length === 0) {
      return [{ field, message: 'Nobody reviews this level; name at least one person or role.' }];
    }
    return reviewers.people
      .filter((id) => !known.has(id))
      .map((id) => ({ field: `${field}.people`, message: `Nobody is registered as ${id}.` }));
  });
}

function show(flow: {
  id: string;
  version: number;
  name: string;
  levels: Level[];
  createdBy: string;
  createdAt: Date;
}) {
  const levels = flow.levels.map(({ reviewers, ...level }) => ({
    ...level,
    reviewers: { people: [...reviewers.people], roles: [...reviewers.roles] },
  }));
  return { ...flow, levels, createdAt: flow.createdAt.toISOString() };
}
