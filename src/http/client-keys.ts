import { Type } from 'typebox';
import { listKeys } from '../db/key-lists.ts';
import { dateIn } from '../domain/dates.ts';
import { KeygrantError } from '../domain/errors.ts';
import { keyStateOn, keyStates } from '../domain/key-states.ts';
import { ApplicationParams, visibleApplication } from './applications.ts';
import { callerOf } from './auth.ts';
import type { App, Context } from './context.ts';
import { Moment, named, problemResponses, Reference } from './schemas.ts';

const ClientKey = named('ClientKey', {
  id: Type.String(),
  name: Type.String(),
  state: Type.Enum([...keyStates]),
  effectiveOn: Type.String(),
  expiresOn: Type.String(),
  quota: Type.Integer({ description: '-1 for unlimited' }),
  used: Type.Integer(),
  apis: Type.Array(Reference),
  createdAt: Moment,
});

const most = 100;

/** What else the client of an application can do already: for those who judge it, whoever applied for those keys. */
export function clientKeyRoutes(app: App, context: Context): void {
  const { db, config } = context;

  app.get(
    '/v1/applications/:id/client-keys',
    {
      schema: {
        operationId: 'listClientKeys',
        tags: ['Applications'],
        summary: `The newest ${most} keys of the client that an application is for, except to its applicant`,
        params: ApplicationParams,
        response: { 200: Type.Object({ items: Type.Array(ClientKey) }), ...problemResponses },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { applicant, client } = await visibleApplication(context, request.params.id, caller);
      if (applicant.id === caller.person.id) {
        throw new KeygrantError('forbidden', {
          en: 'These are for those who judge the application.',
          'zh-TW': '這些資料只供審核這份申請的人員檢視。',
        });
      }
      if (!client) return { items: [] };
      const today = dateIn(config.timeZone, new Date());
      // Seeing the application, they may see what its client has, as an auditor would.
      const viewer = { person: { ...caller.person, roles: ['auditor'] }, via: null };
      const found = await listKeys(db, viewer, { clientId: client.id }, { today, limit: most });
      return {
        items: found.map(({ key, apis }) => ({
          id: key.id,
          name: key.name,
          state: keyStateOn(today, key),
          effectiveOn: key.effectiveOn,
          expiresOn: key.expiresOn,
          quota: key.quota,
          used: key.used,
          apis,
          createdAt: key.createdAt.toISOString(),
        })),
      };
    },
  );
}
