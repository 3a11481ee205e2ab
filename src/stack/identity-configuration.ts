import type { Configuration } from 'oidc-provider';
import type { IdentityOptions } from './identity.ts';
import { errorPage, signedOutPage, signOutPage } from './identity-pages.ts';

/** Client id of what signs people in without a server of its own: the API's page, the demo. Public, so PKCE is required. */
export const publicClient = 'keygrant';

/** Where signIn lets itself be sent back to. Nothing listens there: it only reads the address. */
export const ownRedirectUri = 'http://127.0.0.1/signed-in';

const hours = 60 * 60;

/** What oidc-provider is to do, all but the keys. A pure translation of our options into its own. */
export function configuration({
  people,
  portals,
  console: own,
  audience,
  redirectUris,
}: IdentityOptions): Configuration {
  const origins = new Set(redirectUris.map((uri) => new URL(uri).origin));
  // A resource has to be named by a URI; the audience in the token may be any word.
  const resource = URL.canParse(audience) ? audience : `urn:${audience}`;
  return {
    clients: [
      {
        client_id: publicClient,
        token_endpoint_auth_method: 'none',
        redirect_uris: [...new Set([...redirectUris, ownRedirectUri])],
        post_logout_redirect_uris: [...origins].map((origin) => `${origin}/`),
      },
      ...(own
        ? [
            {
              client_id: own.id,
              client_secret: own.secret,
              redirect_uris: [`${own.publicUrl}/session/callback`],
              post_logout_redirect_uris: [`${own.publicUrl}/`],
            },
          ]
        : []),
      ...portals.map(({ id, secret }) => ({
        client_id: id,
        client_secret: secret,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      })),
    ],
    clientBasedCORS: (_context, origin) => origins.has(origin),
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    // The access token is for the API, not for the userinfo endpoint: so the ID token itself says who it is.
    conformIdTokenClaims: false,
    findAccount: (_context, id) => {
      const person = people.find((one) => one.id === id);
      return person && { accountId: id, claims: () => ({ sub: id, name: person.name, email: person.email }) };
    },
    // All clients are the product's own: nobody needs to be asked for consent.
    loadExistingGrant: async (context) => {
      const { oidc } = context;
      const grant = new oidc.provider.Grant({
        ...(oidc.client && { clientId: oidc.client.clientId }),
        ...(oidc.session?.accountId && { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, _client, asked) => asked ?? resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => void (context.body = signOutPage(form)),
        postLogoutSuccessSource: (context) => void (context.body = signedOutPage()),
      },
    },
    renderError: (context, { error, error_description: description }) => {
      context.type = 'html';
      context.body = errorPage(description ? `${error}: ${description}` : error);
    },
    ttl: {
      AccessToken: 8 * hours,
      ClientCredentials: 1 * hours,
      IdToken: 8 * hours,
      Interaction: 1 * hours,
      Session: 24 * hours,
      Grant: 24 * hours,
    },
  };
}
