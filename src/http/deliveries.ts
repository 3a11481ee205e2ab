import { Type } from 'typebox';
import { manyLines } from '../domain/text.ts';
import { act, Comment, Outcome } from './acting.ts';
import { ApplicationParams } from './applications.ts';
import type { App, Context } from './context.ts';
import { invalid } from './errors.ts';
import { preconditions } from './preconditions.ts';
import { Email, nullable, problemResponses } from './schemas.ts';

const Reason = Type.String({
  ...Comment,
  pattern: manyLines.replace('^', String.raw`^(?=[\s\S]*\S)`),
  minLength: 1,
});

/** What can be done when credentials have not arrived, or went to a wrong address. */
export function deliveryRoutes(app: App, context: Context): void {
  const common = {
    tags: ['Delivery'],
    params: ApplicationParams,
    headers: Type.Object(preconditions.retry),
    response: { 200: Outcome, 202: Outcome, ...problemResponses },
  };

  app.post(
    '/v1/applications/:id/resend',
    {
      schema: {
        operationId: 'resendCredentials',
        ...common,
        summary: 'Mail the credentials again, to the same addresses',
        description:
          'For the applicant and admins, three times a day. While the mail has not got through, this makes the next attempt now, of ' +
          'the same mail; after it, another mail is sent. A link in it works in place of the one before.',
        body: nullable(Type.Object({ comment: Type.Optional(Comment) }, { additionalProperties: false })),
      },
    },
    async (request, reply) =>
      act(context, request, reply, request.params.id, { act: 'resend', ...request.body }),
  );

  app.post(
    '/v1/applications/:id/address',
    {
      schema: {
        operationId: 'requestAddress',
        ...common,
        summary: 'Ask that the credentials be mailed to another address',
        description:
          'For the applicant and admins. The reviewers of the last level decide, as many as that level asks for; nobody decides on ' +
          'what they asked for. After the approval the mail waits for the usual delay.',
        body: Type.Object({ email: Email, comment: Reason }, { additionalProperties: false }),
      },
    },
    async (request, reply) => {
      const { email, comment } = request.body;
      const acting = { act: 'correct-address', level: 0, comment, address: email } as const;
      return act(context, request, reply, request.params.id, acting);
    },
  );

  app.post(
    '/v1/applications/:id/address/decisions',
    {
      schema: {
        operationId: 'decideOnAddress',
        ...common,
        summary: 'Approve or deny another address for the credentials',
        description:
          'For reviewers of the last level. An approval names the address that its reviewer saw; a denial needs a comment, and is ' +
          'possible until the mail has left. Whoever asked for the change takes it back by a denial.',
        body: Type.Object(
          {
            verdict: Type.Enum(['approve', 'deny']),
            email: Type.Optional(Email),
            comment: Type.Optional(Comment),
          },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { verdict, email, comment } = request.body;
      if (verdict === 'approve' && email === undefined)
        throw invalid([
          {
            field: 'email',
            message: { en: 'Name the address that you approve.', 'zh-TW': '請指明您要核准的地址。' },
          },
        ]);
      const about = email === undefined ? {} : { address: email };
      const acting = { act: `${verdict}-address` as const, level: 0, comment, ...about };
      return act(context, request, reply, request.params.id, acting);
    },
  );
}
