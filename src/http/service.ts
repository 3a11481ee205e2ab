import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { problems } from '../domain/problems.ts';
import type { App, Context } from './context.ts';
import { statuses } from './errors.ts';
import { languageHeaders, languageOf } from './language.ts';
import { named, problemResponses } from './schemas.ts';

const Check = Type.Object({ ok: Type.Boolean(), why: Type.Optional(Type.String()) });
const Readiness = named('Readiness', {
  ready: Type.Boolean(),
  stopping: Type.Boolean({ description: 'it answers what still comes, and ends soon' }),
  database: Check,
  workflows: Check,
  mail: Check,
});

/** What everybody may ask without a token: whether the service lives, is ready, and what its problems mean. */
export function serviceRoutes(
  app: App,
  { db, mailer, applications, isStopping = () => false }: Context,
): void {
  const tags = ['Service'];

  app.get(
    '/healthz',
    {
      // Whoever runs the service restarts what does not answer here: a crowd behind one address must not cause that.
      config: { rateLimit: false },
      schema: {
        operationId: 'checkHealth',
        tags,
        summary: 'The process answers',
        response: { 200: Type.Object({ ok: Type.Boolean() }), ...problemResponses },
      },
    },
    async () => ({ ok: true }),
  );

  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'checkReadiness',
        tags,
        summary:
          'Everything that a request needs answers; mail is told but not required, since only submissions need it',
        response: { 200: Readiness, 503: Readiness, '4xx': problemResponses['4xx'] },
      },
    },
    async (_request, reply) => {
      const [database, workflows, mail] = await Promise.all([
        db.execute(sql`select 1`).then(
          () => undefined,
          () => 'PostgreSQL does not answer',
        ),
        applications.trouble().then((why) => why && 'Temporal does not answer'),
        mailer.trouble().then((why) => why && 'SMTP does not answer'),
      ]);
      const check = (why: string | undefined) => (why ? { ok: false, why } : { ok: true });
      const stopping = isStopping();
      const ready = !stopping && !database && !workflows;
      return reply
        .code(ready ? 200 : 503)

        .send({ ready, stopping, database: check(database), workflows: check(workflows), mail: check(mail) });
    },
  );

  app.get(
    '/problems/:code',
    {
      schema: {
        operationId: 'readProblem',
        tags,
        summary: 'What a problem means: the `type` of every problem leads here',
        params: Type.Object({ code: Type.Enum(Object.keys(problems)) }),
        response: {
          200: Type.Object({ code: Type.String(), status: Type.Integer(), meaning: Type.String() }),
          ...problemResponses,
        },
      },
    },
    async (request, reply) => {
      const code = request.params.code as keyof typeof problems;
      const language = languageOf(request);
      return reply
        .headers(languageHeaders(language))
        .send({ code, status: statuses[code], meaning: problems[code][language] });
    },
  );
}
