import { createHash, randomBytes } from 'node:crypto';
import { ownRedirectUri, publicClient } from './identity-configuration.ts';

/** Whom to sign in, and where. */
export interface SignInOptions {
  issuer: string;
  /** Id of the person. */
  person: string;
}

/** Which portal wants a token. */
export interface PortalTokenOptions {
  issuer: string;
  /** Client id of the portal. */
  id: string;
  secret: string;
}

/**
 * Signs a person in at the embedded identity provider the way a browser does, button and all: authorization code with
 * PKCE. For the demo, the command line and tests.
 * @returns the access token
 * @throws Error that says at which step it failed
 */
export async function signIn({ issuer, person }: SignInOptions): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const endpoints = await discover(issuer);
  const query = new URLSearchParams({
    client_id: publicClient,
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: ownRedirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
  });
  const browser = new Browser();
  const page = await browser.follow(`${endpoints.authorization}?${query.toString()}`);
  const end = await browser.follow(page, new URLSearchParams({ person }));
  const answer = new URL(end).searchParams;
  const code = answer.get('code');
  if (!code || answer.get('state') !== state) {
    throw new Error(`Signing in as ${person} failed: ${answer.get('error_description') ?? end}`);
  }
  return requestToken(
    endpoints.token,
    {},
    {
      grant_type: 'authorization_code',
      client_id: publicClient,
      redirect_uri: ownRedirectUri,
      code,
      code_verifier: verifier,
    },
  );
}

/**
 * Gets a token for a portal, from any OpenID Connect provider, by its client id and secret.
 * @returns the access token
 * @throws Error with the provider's reason
 */
export async function portalToken({ issuer, id, secret }: PortalTokenOptions): Promise<string> {
  const endpoints = await discover(issuer);
  const credentials = [id, secret].map(encodeURIComponent).join(':');
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return requestToken(endpoints.token, { authorization }, { grant_type: 'client_credentials' });
}

async function discover(issuer: string): Promise<{ authorization: string; token: string }> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  const found: { authorization_endpoint?: string; token_endpoint?: string } = response.ok
    ? JSON.parse(await response.text())
    : {};
  const { authorization_endpoint: authorization, token_endpoint: token } = found;
  if (!authorization || !token)
    throw new Error(`${issuer} is no OpenID Connect provider (${response.status}).`);
  return { authorization, token };
}

async function requestToken(
  endpoint: string,
  headers: Record<string, string>,
  form: Record<string, string>,
): Promise<string> {
  const response = await fetch(endpoint, { method: 'POST', headers, body: new URLSearchParams(form) });
  const answer: Record<string, string> = JSON.parse(await response.text());
  if (!response.ok || !answer.access_token) {
    throw new Error(`No token: ${answer.error_description ?? answer.error ?? `status ${response.status}`}`);
  }
  return answer.access_token;
}

/** As much of a browser as signing in takes: cookies and redirects. */
class Browser {
  #cookies = new Map<string, string>();

  /** Gets, or posts the form to, an address; resolves to where that ends: a page, or the client's redirect address. */
  async follow(address: string, form?: URLSearchParams): Promise<string> {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name) this.#cookies.set(name, value ?? '');
    }
    const location = response.headers.get('location');
    if (!location) {
      if (response.ok && !form) return address;
      throw new Error(`The sign-in page answered ${response.status}: ${plain(await response.text())}`);
    }
    const next = new URL(location, address).href;
    return next.startsWith(ownRedirectUri) ? next : this.follow(next);
  }
}

/** The words of a page, for an error message. */
function plain(html: string): string {
  const main = /<main>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html;
  return main
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
