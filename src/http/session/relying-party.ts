import * as client from 'openid-client';
import type { Config } from '../../config.ts';
import { KeygrantError } from '../../domain/errors.ts';
import type { Words } from '../../domain/languages.ts';
import type { SignIn } from './cookies.ts';

/** Seconds. */
const timeout = 5;

/** The console as a client of the OpenID Connect issuer: authorization code with PKCE, state and nonce. */
export function relyingParty({
  oidc,
  console: registered,
  publicUrl,
}: Pick<Config, 'oidc' | 'console' | 'publicUrl'>) {
  const callback = `${publicUrl}/session/callback`;
  let found: Promise<client.Configuration> | undefined;

  /** The issuer by its discovery document, read when first needed. */
  async function issuer(): Promise<client.Configuration> {
    const server = new URL(oidc.issuer);
    // A plain http issuer is possible in development only: the configuration says so.
    const insecure = server.protocol === 'http:' ? [client.allowInsecureRequests] : [];
    found ??= client.discovery(
      server,
      registered.clientId,
      { [client.clockTolerance]: 30 },
      authentication(registered.clientSecret),
      { timeout, execute: [client.enableNonRepudiationChecks, ...insecure] },
    );
    try {
      return await found;
    } catch {
      found = undefined;
      throw new KeygrantError('unavailable', {
        en: 'The OpenID Connect issuer does not answer; nobody can sign in.',
        'zh-TW': 'OpenID Connect 簽發者沒有回應，目前無法登入。',
      });
    }
  }

  return {
    /** Where the browser is to go to sign in, and what it has to keep until it is back. */
    async begin(returnTo: string, again: boolean): Promise<{ address: string; signIn: SignIn }> {
      const signIn = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        returnTo,
      };
      const address = client.buildAuthorizationUrl(await issuer(), {
        redirect_uri: callback,
        scope: 'openid',
        state: signIn.state,
        nonce: signIn.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(signIn.verifier),
        code_challenge_method: 'S256',
        ...(again ? { prompt: 'login' } : {}),
      });
      return { address: address.href, signIn };
    },

    /**
     * The subject of the ID token that the issuer gives for the code.
     * @param query of the address that the issuer sent the browser back to
     * @throws KeygrantError `sign-in-failed`, or `unavailable` while the issuer does not answer
     */
    async finish(query: string, { state, nonce, verifier }: SignIn): Promise<string> {
      const configuration = await issuer();
      try {
        const tokens = await client.authorizationCodeGrant(configuration, new URL(`${callback}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const subject = tokens.claims()?.sub;
        if (subject === undefined) throw new Error('an ID token was demanded');
        return subject;
      } catch (error) {
        throw new KeygrantError('sign-in-failed', reasonOf(error));
      }
    },

    /** Where the browser is to go to sign out of the issuer, too; undefined where that is not possible. */
    async signOutAddress(): Promise<string | undefined> {
      const configuration = await issuer().catch(() => undefined);
      if (!configuration?.serverMetadata().end_session_endpoint) return undefined;
      return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${publicUrl}/` }).href;
    },
  };
}

/** By the way that the issuer says it supports; where it says nothing, by HTTP Basic (OpenID Connect Discovery 1.0, 3). */
function authentication(secret: string | undefined): client.ClientAuth {
  if (secret === undefined) return client.None();
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const supported = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (supported.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

/** What the issuer says, where it says something; never what a library makes of it. */
function reasonOf(error: unknown): Words | undefined {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError) {
    const said = error.error_description ?? error.error;
    return {
      en: `The OpenID Connect issuer says: ${said}`,
      'zh-TW': `OpenID Connect 簽發者回覆：${said}`,
    };
  }
  return undefined;
}
