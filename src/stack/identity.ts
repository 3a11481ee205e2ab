import { createServer } from 'node:http';
import { hush } from './hush.ts';
import { configuration } from './identity-configuration.ts';
import { handleInteraction } from './identity-interaction.ts';
import { identityKeys } from './identity-keys.ts';

/** Somebody who can sign in. */
export interface Person {
  /** Becomes the subject (`sub`) of the tokens. */
  id: string;
  name: string;
  email: string;
  /** A word or two for the sign-in page, e.g. "applicant". */
  about?: string;
}

/** A system that gets tokens in its own name. */
interface Portal {
  /** Its client id, and the subject (`sub`) of its tokens. */
  id: string;
  secret: string;
}

/** Whom the embedded identity provider knows, and for whom it makes tokens. */
export interface IdentityOptions {
  /** 0 takes any free port. */
  port: number;
  people: readonly Person[];
  portals: readonly Portal[];
  /** The console, whose people sign in by its server. */
  console?: Portal & { publicUrl: string };
  /** The audience (`aud`) of the access tokens: what the API expects to find there. */
  audience: string;
  /** Where the public client `keygrant` may be sent back to, compared letter by letter. */
  redirectUris: readonly string[];
  /** Keeps the signing keys over restarts; without it tokens end with the process. */
  folder?: string;
}

/** A running OpenID Connect provider. */
export interface RunningIdentity {
  /** Its address, and the issuer (`iss`) of its tokens. */
  issuer: string;
  stop(): Promise<void>;
}

const ip = '127.0.0.1';

/**
 * Starts an OpenID Connect provider on 127.0.0.1: authorization code with PKCE for people, client credentials for
 * portals, access tokens as JWTs (RS256). Nobody needs a password, so it must never be reachable by others.
 * @throws Error when the port is taken or the options contradict each other
 */
export async function startIdentity(options: IdentityOptions): Promise<RunningIdentity> {
  // It advises Node 22 on Node 20, on which our tests pass, and that a development stack is not production.
  hush('oidc-provider WARNING: Unsupported runtime');
  hush('oidc-provider WARNING: a quick start development-only in-memory adapter');
  const { Provider } = await import('oidc-provider');
  const keys = await identityKeys(options.folder);

  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, ip, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const issuer = `http://${ip}:${port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  let provider: InstanceType<typeof Provider>;
  try {
    const { jwks, cookies } = keys;
    provider = new Provider(issuer, { ...configuration(options), jwks, cookies: { keys: cookies } });
  } catch (error) {
    await stop();
    throw error;
  }
  provider.on('server_error', (_context, error) => console.error('Identity provider:', error));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      void handleInteraction(provider, options.people, request, response);
    } else void answer(request, response);
  });
  return { issuer, stop };
}
