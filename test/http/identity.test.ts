import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, expect, inject, test } from 'vitest';
import { buildApp } from '../../src/http/app.ts';
import { createMailer } from '../../src/mail/mailer.ts';
import { audience } from '../../src/stack/seed.ts';
import { signIn } from '../../src/stack/sign-in.ts';
import { createApplicationProcesses } from '../../src/temporal/applications.ts';
import type { Answer } from '../support/api.ts';
import { startKeygrant } from '../support/keygrant.ts';
import { expectProblem } from './problems.ts';

const keygrant = await startKeygrant({ worker: false });

// An issuer whose keys and answers this file holds: the embedded one never makes a wrong token.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
let failing: 'nothing' | 'discovery' | 'keys' | 'everything' = 'nothing';
const server = createServer((request, response) => {
  const part = request.url === '/jwks' ? 'keys' : 'discovery';
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
  if (failing === part) response.writeHead(502).end('<html>bad gateway</html>');
  else if (failing === 'everything') response.end('<html>sign in to the hotel network</html>');
  else response.end(JSON.stringify(part === 'keys' ? { keys: [jwk] } : { jwks_uri: `${issuer}/jwks` }));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => server.close());

/** An API process that trusts the given issuer, over the same database. */
async function trusting(trusted: string) {
  const { config, db, client, context } = keygrant;
  const applications = createApplicationProcesses(client, config.temporal.taskQueue);
  const oidc = { ...config.oidc, issuer: trusted };
  const app = await buildApp({
    config: { ...config, oidc },
    db,
    mailer: createMailer(config.mail),
    applications,
    keys: context.keys,
    timelines: context.timelines,
  });
  afterAll(() => app.close());
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 });
  return (authorization?: string) => ask(baseUrl, authorization);
}

async function ask(baseUrl: string, authorization?: string): Promise<Answer> {
  const response = await fetch(`${baseUrl}/v1/me`, { headers: authorization ? { authorization } : {} });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

interface Changes {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: KeyObject | Uint8Array;
}

/** A token that is right but for the changes. */
function token({ claims = {}, header = {}, key = privateKey }: Changes = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: issuer, aud: audience, sub: 'ada', iat: now, exp: now + 60, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'at+jwt', ...header })
    .sign(key);
}

const here = await trusting(issuer);
const ago = Math.floor(Date.now() / 1000) - 120;
const unsigned = new UnsecuredJWT({ iss: issuer, aud: audience, sub: 'ada', exp: ago + 600 }).encode();
const pem = Buffer.from(publicKey.export({ type: 'spki', format: 'pem' }));
const good = await token();

test('a token of the issuer for this API says who asks', async () => {
  expect((await here(`Bearer ${good}`)).body).toMatchObject({ id: 'ada', roles: ['applicant'], via: null });
  expect((await here(`Bearer ${await token({ claims: { aud: ['urn:other', audience] } })}`)).status).toBe(
    200,
  );
});

test.each<[string, string | undefined]>([
  ['no token', undefined],
  ['garbage', 'Bearer garbage'],
  ['a password', `Basic ${Buffer.from('ada:ada').toString('base64')}`],
  ['two tokens', `Bearer ${good}, Bearer ${good}`],
  ['an expired token', `Bearer ${await token({ claims: { exp: ago } })}`],
  ['a token that never expires', `Bearer ${await token({ claims: { exp: undefined } })}`],
  ['a token that is not valid yet', `Bearer ${await token({ claims: { nbf: ago + 600 } })}`],
  ['a token for another service', `Bearer ${await token({ claims: { aud: 'urn:other' } })}`],
  ['a token for nobody in particular', `Bearer ${await token({ claims: { aud: undefined } })}`],
  ['a token of another issuer', `Bearer ${await token({ claims: { iss: 'https://evil.example' } })}`],
  ['a token without a subject', `Bearer ${await token({ claims: { sub: undefined } })}`],
  ['a token signed by another key', `Bearer ${await token({ key: stranger.privateKey })}`],
  ['a token signed by a key of another name', `Bearer ${await token({ header: { kid: 'two' } })}`],
  [
    'a token that brings its own key',
    `Bearer ${await token({ key: stranger.privateKey, header: { jwk: stranger.publicKey.export({ format: 'jwk' }) } })}`,
  ],
  ['an unsigned token', `Bearer ${unsigned}`],
  [
    'a token with the public key as its secret',
    `Bearer ${await token({ key: pem, header: { alg: 'HS256' } })}`,
  ],
  ['a token whose claims were changed', `Bearer ${tampered(good)}`],
])('%s is 401 and says how to sign in', async (_, authorization) => {
  const answer = await here(authorization);
  expectProblem(answer, 401, 'unauthenticated');
  expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="keygrant"');
});

test('whoever is not registered, or disabled, is refused with a token that is good', async () => {
  expectProblem(await here(`Bearer ${await token({ claims: { sub: 'mallory' } })}`), 403, 'unknown-person');
  const strange = await here(`Bearer ${await token({ claims: { sub: "x' or 1=1 --\u202e" } })}`);
  expectProblem(strange, 403, 'unknown-person');
  await keygrant.as('dora').patch('/v1/people/ben', { enabled: false });
  expectProblem(await here(`Bearer ${await token({ claims: { sub: 'ben' } })}`), 403, 'person-disabled');
});

test('a token of the embedded issuer is nothing to an API that trusts another, and the other way round', async () => {
  const embedded = await signIn({ issuer: inject('stack').issuer, person: 'ada' });
  expectProblem(await here(`Bearer ${embedded}`), 401, 'unauthenticated');
  expectProblem(await ask(keygrant.baseUrl, `Bearer ${good}`), 401, 'unauthenticated');
});

test.each(['discovery', 'keys', 'everything'] as const)(
  'while the issuer fails (%s) a good token is 503, not 401, and accepted again right after',
  async (part) => {
    const asks = await trusting(issuer);
    failing = part;
    const answer = await asks(`Bearer ${good}`).finally(() => (failing = 'nothing'));
    expectProblem(answer, 503, 'unavailable');
    expect(answer.headers.get('retry-after')).toBe('5');
    expect((await asks(`Bearer ${good}`)).status).toBe(200);
  },
);

test('an issuer out of reach is 503, and a request without a token still 401', async () => {
  const asks = await trusting('http://127.0.0.1:9');
  expectProblem(await asks(`Bearer ${good}`), 503, 'unavailable');
  expectProblem(await asks(), 401, 'unauthenticated');
});

function tampered(jwt: string): string {
  const [header, claims, signature] = jwt.split('.');
  const changed = { ...JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()), sub: 'dora' };
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}
