/** Where an OpenID Connect issuer does what, as it says itself (OpenID Connect Discovery 1.0, 3). */
interface Issuer {
  jwks_uri: string;
  authorization_endpoint: string;
  token_endpoint: string;
  end_session_endpoint?: string;
}

/** Asks an issuer where it does what; throws when it does not answer within five seconds. */
export async function discoverIssuer(issuer: string): Promise<Issuer> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(5_000),
  });
  return (await response.json()) as Issuer;
}
