import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { IdentityOptions, RunningIdentity } from '../../src/stack/identity.ts';
import { startIdentity } from '../../src/stack/identity.ts';
import { signInPage } from '../../src/stack/identity-pages.ts';
import { portalToken, signIn } from '../../src/stack/sign-in.ts';

const options: IdentityOptions = {
  port: 0,
  people: [
    { id: 'ada', name: 'Ada Lovelace', email: 'ada@client.example', about: 'applicant' },
    { id: 'grace', name: 'Grace Hopper', email: 'grace@keygrant.example' },
  ],
  portals: [{ id: 'portal', secret: 'it is: 100% secret' }],
  audience: 'keygrant',
  redirectUris: ['http://127.0.0.1:3000/docs/oauth2-redirect.html'],
};
let identity: RunningIdentity;
const print = vi.spyOn(console, 'warn');
beforeAll(async () => void (identity = await startIdentity(options)));
afterAll(() => identity.stop());
afterEach(() => expect(print).not.toHaveBeenCalled());

/** As the API does it: anything but a signature by this issuer for this audience throws. */
async function verified(token: string, issuer = identity.issuer) {
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const { payload } = await jwtVerify(token, keys, { issuer, audience: 'keygrant', algorithms: ['RS256'] });
  return payload;
}

/** Begins to sign in, with what a client sends. */
const authorize = async (more: Record<string, string>) => {
  const query = new URLSearchParams({
    client_id: 'keygrant',
    response_type: 'code',
    scope: 'openid',
    ...more,
  });
  const response = await fetch(`${identity.issuer}/auth?${query.toString()}`, { redirect: 'manual' });
  return {
    status: response.status,
    location: response.headers.get('location') ?? '',
    page: await response.text(),
  };
};

/** Which origin the token endpoint lets read its answers, if any, when a page of that origin asks. */
const allowedOrigin = async (origin: string) => {
  const headers = { origin, 'access-control-request-method': 'POST' };
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'keygrant',
    code: 'x',
  });
  const response = await fetch(`${identity.issuer}/token`, { method: 'POST', headers, body });
  return response.headers.get('access-control-allow-origin');
};

describe('the embedded identity provider', () => {
  test('gives a person who signs in a token with that person as subject, for the API as audience', async () => {
    const [ada, grace] = await Promise.all([
      signIn({ issuer: identity.issuer, person: 'ada' }),
      signIn({ issuer: identity.issuer, person: 'grace' }),
    ]);
    expect(await verified(ada)).toMatchObject({ sub: 'ada', aud: 'keygrant', client_id: 'keygrant' });
    expect(await verified(grace)).toMatchObject({ sub: 'grace' });
  });

  test('gives a portal a token in its own name, against its secret only', async () => {
    const portal = { issuer: identity.issuer, id: 'portal', secret: 'it is: 100% secret' };
    expect(await verified(await portalToken(portal))).toMatchObject({ sub: 'portal', aud: 'keygrant' });
    await expect(portalToken({ ...portal, secret: 'a guess' })).rejects.toThrow(
      'client authentication failed',
    );
  });

  test('knows nobody else', async () => {
    const somebody = signIn({ issuer: identity.issuer, person: 'mallory' });
    await expect(somebody).rejects.toThrow('There is no such person.');
  });

  test('wants PKCE of the public client, and sends people back to registered addresses only', async () => {
    const withoutPkce = await authorize({ redirect_uri: options.redirectUris[0] ?? '' });
    expect(withoutPkce.location).toContain('error=invalid_request');
    const elsewhere = await authorize({
      redirect_uri: 'http://evil.example/',
      code_challenge: 'x'.repeat(43),
    });
    expect(elsewhere).toMatchObject({ status: 400, location: '' });
    expect(elsewhere.page).toContain('redirect_uri');
  });

  test('lets only pages of the redirect addresses ask for tokens', async () => {
    expect(await allowedOrigin('http://127.0.0.1:3000')).toBe('http://127.0.0.1:3000');
    expect(await allowedOrigin('http://evil.example')).toBeNull();
  });

  test('keeps its keys in a folder, readable by nobody else, so that tokens survive a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keygrant-identity-'));
    const first = await startIdentity({ ...options, folder });
    const token = await signIn({ issuer: first.issuer, person: 'ada' });
    await first.stop();
    const second = await startIdentity({ ...options, folder, port: Number(new URL(first.issuer).port) });
    expect(await verified(token, second.issuer)).toMatchObject({ sub: 'ada' });
    expect((await stat(join(folder, 'identity-keys.json'))).mode & 0o077).toBe(0);
    await second.stop();
    await rm(folder, { recursive: true });
  });

  test('has one button for each person on its page, whatever the name', () => {
    const page = signInPage(
      [...options.people, { id: '"', name: '<b>Bobby</b>', email: "o'b@x.example" }],
      'Keygrant',
    );
    expect(page.match(/<button name="person"/g)).toHaveLength(3);
    expect(page).toContain('value="ada">Sign in as Ada Lovelace, applicant<');
    expect(page).toContain('value="&#34;">Sign in as &#60;b&#62;Bobby&#60;/b&#62;<');
  });
});
