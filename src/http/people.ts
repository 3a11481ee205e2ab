import { Type } from 'typebox';
import { people } from '../db/schema/people.ts';
import { languages } from '../domain/languages.ts';
import { builtInRoles, rolePattern } from '../domain/people.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { registryRoutes } from './registry.ts';
import { Email, Name, nullable, PersonId, problemResponses } from './schemas.ts';

const builtIn = Object.entries(builtInRoles)
  .map(([role, meaning]) => `${role} (${meaning})`)
  .join('; ');

const Roles = Type.Array(Type.String({ pattern: rolePattern, maxLength: 64 }), {
  uniqueItems: true,
  maxItems: 50,
  description: `roles, such as applicant or api-owner. Built in: ${builtIn}. Any other names reviewers in flows`,
});

const Fields = Type.Object({
  name: Name,
  email: Email,
  roles: Type.Optional(Roles),
  language: Type.Optional(
    Type.Union([Type.Enum([...languages]), Type.Null()], {
      description: `the language of mails to them: ${languages.join(' or ')}, or null for the default`,
    }),
  ),
  enabled: Type.Optional(Type.Boolean()),
});

/** Everybody with access, and what the caller is. */
export function peopleRoutes(app: App, context: Context): void {
  registryRoutes(app, context, {
    noun: 'person',
    path: '/v1/people',
    tag: 'People',
    table: people,
    id: PersonId,
    fields: Fields,
    hidden: [],
    readers: 'admins and auditors',
  });

  app.get(
    '/v1/me',
    {
      schema: {
        operationId: 'readCaller',
        tags: ['People'],
        summary: 'Who the access token stands for',
        response: {
          200: Type.Object({ id: PersonId, name: Type.String(), roles: Roles, via: nullable(Type.String()) }),
          ...problemResponses,
        },
      },
    },
    async (request) => {
      const { person, via } = callerOf(request);
      return { id: person.id, name: person.name, roles: [...person.roles], via };
    },
  );
}
