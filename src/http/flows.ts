import { type Static, Type } from 'typebox';
import { appendAudit } from '../db/audit.ts';
import { brokenConstraint } from '../db/database.ts';
import { findFlow, insertFlow, listFlows, type Flow as StoredFlow } from '../db/flows.ts';
import { KeygrantError } from '../domain/errors.ts';
import { eventFrom } from './audit-events.ts';
import { callerOf, callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { invalid } from './errors.ts';
import { Flow, FlowBody } from './flow-schemas.ts';
import { flowViolations } from './flow-violations.ts';
import { etag, namedRevision, preconditions } from './preconditions.ts';
import { problemResponses, queryOf, Slug } from './schemas.ts';

/** Approval flows. Every change is a new version; open applications keep the one they were submitted under. */
export function flowRoutes(app: App, { db }: Context): void {
  const tags = ['Flows'];

  app.get(
    '/v1/flows',
    {
      schema: {
        operationId: 'listFlows',
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
        operationId: 'readFlow',
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
        operationId: 'storeFlow',
        tags,
        summary: 'Store a new version; with If-Match only on top of the version named',
        params: Type.Object({ id: Slug }),
        headers: Type.Object(preconditions.possible),
        body: FlowBody,
        response: { 201: Flow, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { person } = callerWith(request, 'admin');
      const { id } = request.params;
      const newest = (await findFlow(db, id))?.version ?? 0;
      const seen = namedRevision(request);
      if (seen !== undefined && seen !== newest)
        throw new KeygrantError('revision-changed', {
          en: `The newest version is ${newest}.`,
          'zh-TW': `最新版本為 ${newest}。`,
        });
      const violations = await flowViolations(db, request.body);
      if (violations.length > 0) throw invalid(violations);
      const flow = { id, version: newest + 1, createdBy: person.id, ...request.body };
      try {
        await db.transaction(async (tx) => {
          await insertFlow(tx, flow);
          await appendAudit(tx, eventFrom(request, 'flow.versioned', { type: 'flow', id }, flow));
        });
      } catch (error) {
        if (brokenConstraint(error) !== 'flows_id_version_pk') throw error;
        throw new KeygrantError('revision-changed', {
          en: 'Somebody stored a version at the same moment; read it again.',
          'zh-TW': '同一時間有人儲存了另一個版本；請重新讀取。',
        });
      }
      return reply
        .code(201)
        .header('etag', etag(flow.version))
        .send(show({ ...flow, createdAt: new Date() }));
    },
  );
}

function show({ levels, appliesTo, stoppableBy, createdAt, ...flow }: StoredFlow): Static<typeof Flow> {
  return {
    ...flow,
    // What is only read is shown as it is; the schema's types ask for arrays that could be written.
    levels: structuredClone(levels) as Static<typeof Flow>['levels'],
    appliesTo: structuredClone(appliesTo) as Static<typeof Flow>['appliesTo'],
    stoppableBy: [...stoppableBy],
    createdAt: createdAt.toISOString(),
  };
}
