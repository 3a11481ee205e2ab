import { and, desc, eq, lt } from 'drizzle-orm';
import { Type } from 'typebox';
import { detailsOf } from '../db/audit.ts';
import { audit } from '../db/schema/audit.ts';
import { KeygrantError } from '../domain/errors.ts';
import { seesEverything } from '../domain/people.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { cursorOf, readCursor, toPage } from './cursors.ts';
import {
  Moment,
  named,
  nullable,
  PageQuery,
  pageOf,
  problemResponses,
  queryOf,
  searchedText,
} from './schemas.ts';

const Row = named('AuditRow', {
  seq: Type.Integer(),
  at: Moment,
  action: Type.String(),
  actor: Type.String(),
  via: nullable(Type.String()),
  subject: Type.Object({ type: Type.String(), id: Type.String() }),
  requestId: nullable(Type.String()),
  details: Type.Object({}, { additionalProperties: true }),
  erased: Type.Boolean({ description: 'whether what was personal in the details has been erased' }),
  hash: Type.String(),
});

/** The audit trail, newest first, for admins and auditors. */
export function auditRoutes(app: App, { db }: Context): void {
  app.get(
    '/v1/audit',
    {
      schema: {
        operationId: 'listAuditRows',
        tags: ['Audit'],
        summary: 'Read the audit trail, row by row as it is chained',
        querystring: queryOf({
          ...PageQuery,
          action: Type.Optional(searchedText('such as application.submitted')),
          actor: Type.Optional(searchedText("a person's id, or keygrant")),
          subjectId: Type.Optional(searchedText('what it happened to')),
        }),
        response: { 200: pageOf(Row), ...problemResponses },
      },
    },
    async (request) => {
      if (!seesEverything(callerOf(request).person)) {
        throw new KeygrantError('forbidden', {
          en: 'This needs the role admin or auditor.',
          'zh-TW': '需要 admin 或 auditor 角色。',
        });
      }
      const { limit, cursor, action, actor, subjectId } = request.query;
      const [before] = readCursor(cursor, ['number']) ?? [];
      const rows = await db
        .select()
        .from(audit)
        .where(
          and(
            before === undefined ? undefined : lt(audit.seq, Number(before)),
            action === undefined ? undefined : eq(audit.action, action),
            actor === undefined ? undefined : eq(audit.actor, actor),
            subjectId === undefined ? undefined : eq(audit.subjectId, subjectId),
          ),
        )
        .orderBy(desc(audit.seq))
        .limit(limit + 1);
      const page = toPage(rows, limit, ({ seq }) => cursorOf(String(seq)));
      return {
        ...page,
        items: page.items.map(({ subjectType, subjectId: id, at, ...row }) => ({
          ...row,
          at: at.toISOString(),
          subject: { type: subjectType, id },
          details: detailsOf(row),
          erased: row.commitment !== null && row.personal === null,
        })),
      };
    },
  );
}
