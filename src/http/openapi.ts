import { isDeepStrictEqual } from 'node:util';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App, Context } from './context.ts';

/** Publishes the OpenAPI document that the routes' own schemas make, and a page to try it, signed in. */
export async function documentApi(app: App, { oidc, publicUrl }: Context['config']): Promise<void> {
  await app.register(swagger, {
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const described = document.openapiObject;
      forgiveDefaults(described.paths);
      const schemas: Record<string, unknown> = {};
      const paths = referring(described.paths, schemas);
      return { ...described, paths, components: { ...described.components, schemas } } as typeof described;
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Keygrant',
        version: '1',
        description:
          'Apply for an API key, review applications level by level, follow them to the mailed key. Errors are problem ' +
          'details (RFC 9457); each `type` leads to its meaning. What is said in words comes in English or, by Accept-Language, in ' +
          'Traditional Chinese (zh-TW); codes and names of fields stay.',
      },
      servers: [{ url: publicUrl }],
      components: {
        securitySchemes: {
          signIn: {
            type: 'openIdConnect',
            openIdConnectUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
          },
          accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        },
      },
      security: [{ signIn: ['openid'] }, { accessToken: [] }],
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: {
      persistAuthorization: false,
      tryItOutEnabled: true,
      oauth2RedirectUrl: `${publicUrl}/docs/static/oauth2-redirect.html`,
    },
    initOAuth: { clientId: oidc.clientId, scopes: ['openid'], usePkceWithAuthorizationCodeGrant: true },
    staticCSP: false,
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** What has a default need not be sent: the validator fills it in before it looks at what is required. */
function forgiveDefaults(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const { required, schema, properties } = node as {
    required?: unknown;
    schema?: { default?: unknown };
    properties?: Record<string, { default?: unknown }>;
  };
  if (schema?.default !== undefined) Object.assign(node, { required: false });
  if (Array.isArray(required) && properties) {
    const needed = required.filter((name) => properties[String(name)]?.default === undefined);
    Object.assign(node, { required: needed });
  }
  for (const child of Object.values(node)) forgiveDefaults(child);
}

/**
 * The same part of the document with every schema that has a title (see `named`) written down once, under that name.
 * @param schemas what is written down, by name
 * @throws Error when two different schemas have one name
 */
function referring(node: unknown, schemas: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((child) => referring(child, schemas));
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, child]) => [key, referring(child, schemas)]),
  );
  const { title, type } = copy;
  if (typeof title !== 'string' || type !== 'object') return copy;
  if (schemas[title] !== undefined && !isDeepStrictEqual(schemas[title], copy)) {
    throw new Error(`Two different schemas are named ${title}.`);
  }
  schemas[title] = copy;
  return { $ref: `#/components/schemas/${title}` };
}
