import { Type } from 'typebox';
import { parseDocument } from 'yaml';
import { importApis, type PlannedApi, planImport } from '../db/api-import.ts';
import { apisIn, mostOperations } from '../domain/openapi-import.ts';
import { manyLines } from '../domain/text.ts';
import { UpstreamUrl } from './apis.ts';
import { eventFrom } from './audit-events.ts';
import { callerWith } from './auth.ts';
import type { App, Context } from './context.ts';
import { invalid } from './errors.ts';
import { named, nullable, problemResponses } from './schemas.ts';

const longest = 1_000_000;

const Body = named(
  'ApiImport',
  {
    document: Type.String({
      minLength: 1,
      maxLength: longest,
      pattern: manyLines,
      description: `an OpenAPI 3.x document as JSON or YAML text, of at most ${longest} characters`,
    }),
    upstreamUrl: Type.Optional(UpstreamUrl),
    dryRun: Type.Boolean({ default: false, description: 'only say what would be done' }),
  },
  { additionalProperties: false },
);

const Result = named('ApiImportResult', {
  title: Type.String({ description: 'of the document' }),
  dryRun: Type.Boolean(),
  apis: Type.Array(
    Type.Object({
      outcome: Type.Enum(['added', 'changed', 'unchanged']),
      id: Type.String(),
      name: Type.String(),
      method: Type.String(),
      path: Type.String(),
      upstreamUrl: Type.String(),
      before: nullable(Type.Object({ name: Type.String(), upstreamUrl: Type.String() })),
    }),
  ),
});

/** Filling the API registry from what an API says of itself. */
export function apiImportRoutes(app: App, { db }: Context): void {
  app.post(
    '/v1/apis/import',
    {
      // Characters of four bytes, and what JSON adds to each.
      bodyLimit: longest * 6,
      schema: {
        operationId: 'importApis',
        tags: ['APIs'],
        summary: 'Register the operations of an OpenAPI document, or see what that would do',
        description:
          `All of it or nothing; at most ${mostOperations} operations. One that is registered already, by method and path, keeps its id and ` +
          'gets the name and upstream of the document. Nothing is removed, disabled or enabled.',
        body: Body,
        response: { 200: Result, ...problemResponses },
      },
    },
    async (request) => {
      callerWith(request, 'admin');
      const { document, upstreamUrl, dryRun } = request.body;
      const { title, apis, faults } = apisIn(parsed(document), upstreamUrl);
      if (faults.length > 0) throw invalid(faults.slice(0, 20));
      const eventOf = ({ id, name, method, path, upstreamUrl: upstream, outcome }: PlannedApi) =>
        eventFrom(
          request,
          outcome === 'added' ? 'api.added' : 'api.changed',
          { type: 'api', id },
          outcome === 'added'
            ? { id, name, method, path, upstreamUrl: upstream }
            : { name, upstreamUrl: upstream },
        );
      const done = dryRun ? await planImport(db, apis) : await importApis(db, apis, eventOf);
      return { title, dryRun, apis: done };
    },
  );
}

/** JSON is read as such, which is faster. Of YAML, aliases are bounded by the library, so that no short text stands for a long one. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Then it is YAML.
  }
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent' });
  const [error] = document.errors;
  const refuse = (why: string) =>
    invalid([
      {
        field: 'document',
        message: { en: `It is neither JSON nor YAML: ${why}`, 'zh-TW': `既不是 JSON，也不是 YAML：${why}` },
      },
    ]);
  if (error) throw refuse(error.message.split('\n')[0] ?? '');
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : 'it cannot be read');
  }
}
