import { Type } from 'typebox';
import { clients } from '../db/schema/registry.ts';
import type { App, Context } from './context.ts';
import { registryRoutes } from './registry.ts';
import { Email, Name, Slug } from './schemas.ts';

/** Clients: the consumer applications that keys belong to. */
export function clientRoutes(app: App, context: Context): void {
  registryRoutes(app, context, {
    noun: 'client',
    path: '/v1/clients',
    tag: 'Clients',
    table: clients,
    id: Slug,
    fields: Type.Object({
      name: Name,
      emails: Type.Array(Email, {
        minItems: 1,
        maxItems: 20,
        uniqueItems: true,
        description: 'where credentials go',
      }),
      enabled: Type.Optional(Type.Boolean()),
    }),
    hidden: ['emails'],
    readers: 'everybody',
  });
}
