import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { App, Context } from './context.ts';

/** Publishes the OpenAPI document that the routes' own schemas make, and a page to try it, signed in. */
export async function documentApi(app: App, { oidc, publicUrl }: Context['config']): Promise<void> {
  await app.register(swagger, {
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
