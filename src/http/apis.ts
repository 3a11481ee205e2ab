import { sql } from 'drizzle-orm';
import { Type } from 'typebox';
import { apis } from '../db/schema/registry.ts';
import { apiMethods, pathPattern } from '../domain/apis.ts';
import type { App, Context } from './context.ts';
import { registryRoutes } from './registry.ts';
import { Name, Slug } from './schemas.ts';

export const UpstreamUrl = Type.String({
  format: 'uri',
  pattern: '^https?://[^/?#@]+(?:[/?#]|$)',
  maxLength: 1000,
  description: 'where the gateway sends calls, such as https://orders.internal/v2',
});

/** The API registry: only what is registered and enabled here can be applied for. */
export function apiRoutes(app: App, context: Context): void {
  registryRoutes(app, context, {
    noun: 'api',
    path: '/v1/apis',
    tag: 'APIs',
    table: apis,
    id: Slug,
    fields: Type.Object({
      name: Name,
      method: Type.Enum([...apiMethods]),
      path: Type.String({
        pattern: pathPattern,
        maxLength: 500,
        description: 'a path pattern, such as /orders, /orders/{id} or /orders/*',
      }),
      upstreamUrl: UpstreamUrl,
      enabled: Type.Optional(Type.Boolean()),
    }),
    hidden: ['upstreamUrl'],
    readers: 'everybody',
    searchedBy: { words: 'method and path', text: sql`${apis.method} || ' ' || ${apis.path}` },
  });
}
