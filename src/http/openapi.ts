import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App, Context } from './context.ts';

/** Publishes the OpenAPI document that the routes' own schemas make, and a page to try it, signed in. */
export async function documentApi(app: App, { oidc, publicUrl }: Context['config']): Promise<void> {
  await app.register(swagger, {
    transformObject: (document) => {
      if ('openapiObject' in document) forgiveDefaults(document.openapiObject.paths);
      return 'openapiObject' in document ? document.openapiObject : document.swaggerObject;
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Keygrant',
        version: '1',
        description:
          'Apply for an API key, review applications level by level, follow them to the mailed key. Errors are problem ' +
          'details (RFC 9457); each `type` leads to its meaning.',
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
