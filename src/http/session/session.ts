import { Type } from 'typebox';
import { languages } from '../../domain/languages.ts';
import { isAdmin } from '../../domain/people.ts';
import { callerOf } from '../auth.ts';
import type { App, Context } from '../context.ts';
import { Moment, named, nullable, PersonId, problemResponses } from '../schemas.ts';

const Session = named('Session', {
  person: Type.Object({
    id: PersonId,
    name: Type.String(),
    email: Type.String(),
    roles: Type.Array(Type.String()),
    language: nullable(Type.Enum([...languages], { description: 'in which mails are written to them' })),
  }),
  endsAt: nullable({
    ...Moment,
    description: 'when it ends however much it is used; null with an access token',
  }),
  idleMinutes: Type.Integer({ description: 'how long it lasts unused' }),
  service: Type.Object({
    mode: Type.Enum(['production', 'development']),
    timeZone: Type.String({ description: 'whose days effective and expiry dates are' }),
    delivery: Type.Enum(['mail', 'link'], { description: 'whether mails hold the secret, or a link to it' }),
    deliveryDelaySeconds: Type.Number({ description: 'from the last approval to the mail' }),
    gatewayUrl: nullable(Type.String({ description: 'where signed calls go' })),
    temporalUiUrl: nullable(Type.String({ description: 'for admins alone' })),
  }),
});

/** Who asks, and what a page that acts for them has to know of this service. */
export function sessionRoutes(app: App, { config }: Context): void {
  app.get(
    '/v1/session',
    {
      schema: {
        operationId: 'readSession',
        tags: ['People'],
        summary: 'Who is signed in, until when, and how this service is set up',
        response: { 200: Session, ...problemResponses },
      },
    },
    async (request) => {
      const { person, session } = callerOf(request);
      const { id, name, email, roles, language = null } = person;
      return {
        person: { id, name, email, roles: [...roles], language },
        endsAt: session?.endsAt.toISOString() ?? null,
        idleMinutes: Math.round(config.session.idleMs / 60_000),
        service: {
          mode: config.mode,
          timeZone: config.timeZone,
          delivery: config.delivery,
          deliveryDelaySeconds: config.deliveryDelayMs / 1000,
          gatewayUrl: config.gateway.url ?? null,
          temporalUiUrl: (isAdmin(person) && config.temporal.uiUrl) || null,
        },
      };
    },
  );
}
