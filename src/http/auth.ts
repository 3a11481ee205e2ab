import type { FastifyRequest } from 'fastify';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Queryable } from '../db/database.ts';
import { findPerson } from '../db/people.ts';
import { findSession, noteUse, type Session } from '../db/sessions.ts';
import { KeygrantError } from '../domain/errors.ts';
import type { Language } from '../domain/languages.ts';
import type { Person } from '../domain/people.ts';
import type { App, Context } from './context.ts';
import { discoverIssuer } from './issuer.ts';
import { languageOf } from './language.ts';
import { sessionCookies } from './session/cookies.ts';
import { requireOwnPage } from './session/own-pages.ts';

/** Who asks. */
export interface Caller {
  person: Person;
  /** The portal that acts for the person, if one does. */
  via: string | null;
  /** Where a cookie says who asks, not a token. */
  session?: Session;
  /** In which language they are answered. */
  language: Language;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
    /** Who asks, looked up once more: for answers that last, since a token ends and a person may be disabled. */
    identify: () => Promise<Caller>;
  }
  interface FastifyContextConfig {
    /** On routes where a portal acts for itself, and names nobody. */
    portalItself?: boolean;
  }
}

/** The header by which a portal names the applicant for whom it acts. */
const onBehalfOf = 'on-behalf-of';

/**
 * Authenticates every request to the routes registered after it: a bearer token that the configured OpenID Connect
 * issuer signed for this API (RFC 9068), whose subject is registered here; or else the cookie of somebody who is signed in
 * to the console, on a request of its own pages.
 * @param unless requests that nobody stands behind; their handlers must know what these may do
 */
export function authenticate(
  app: App,
  { config, db }: Context,
  { unless = () => false }: { unless?: (request: FastifyRequest) => boolean } = {},
): void {
  const verify = tokenVerifier(config.oidc);
  const cookies = sessionCookies(config.publicUrl);
  app.decorateRequest('caller', undefined);
  app.decorateRequest('identify');
  app.addHook('onRequest', async (request) => {
    if (unless(request)) return;
    request.identify = () => identify(request);
    request.caller = await request.identify();
    if (request.caller.session) await noteUse(db, request.caller.session);
    request.log = request.log.child({ person: request.caller.person.id });
  });

  async function identify(request: FastifyRequest): Promise<Caller> {
    const language = languageOf(request);
    const token = cookies.read(request);
    if (token !== undefined && request.headers.authorization === undefined) return signedIn(request, token);
    const subject = await verify(request.headers.authorization);
    const person = await personOf(db, subject, config.firstAdmin);
    if (!person.roles.includes('portal')) return { person, via: null, language };
    // Whatever else it may be called, a program has a program's rights.
    if (request.routeOptions.config.portalItself)
      return { person: { ...person, roles: ['portal'] }, via: null, language };
    return { person: await applicantFor(request, person), via: person.id, language };
  }

  async function signedIn(request: FastifyRequest, token: string): Promise<Caller> {
    requireOwnPage(request, config.publicUrl);
    const session = await findSession(db, token, config.session);
    if (!session)
      throw new KeygrantError('unauthenticated', {
        en: 'You are signed out; sign in again.',
        'zh-TW': '您已登出；請重新登入。',
      });
    const person = await personOf(db, session.personId, config.firstAdmin);
    if (person.roles.includes('portal'))
      throw new KeygrantError('forbidden', {
        en: 'Portals send access tokens.',
        'zh-TW': '入口網站必須使用存取權杖。',
      });
    return { person, via: null, language: languageOf(request), session };
  }

  /** The applicant whom a portal names; a portal by itself is nobody. */
  async function applicantFor(request: FastifyRequest, portal: Person): Promise<Person> {
    const named = request.headers[onBehalfOf];
    const applicant = typeof named === 'string' ? await findPerson(db, named) : undefined;
    if (!applicant?.enabled || !applicant.roles.includes('applicant')) {
      throw new KeygrantError('forbidden', {
        en: `The portal ${portal.id} must name a registered applicant in the header On-Behalf-Of.`,
        'zh-TW': `入口網站 ${portal.id} 必須以 On-Behalf-Of 標頭指明已登錄的申請人。`,
      });
    }
    // Whatever else that person may do, a portal does not do it for them.
    return { ...applicant, roles: ['applicant'] };
  }
}

/** Who asks, for handlers: authentication has always run before them. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new KeygrantError('unauthenticated');
  return request.caller;
}

/** The caller, if they hold the role. */
export function callerWith(request: FastifyRequest, role: 'admin' | 'applicant'): Caller {
  const caller = callerOf(request);
  if (!caller.person.roles.includes(role)) {
    throw new KeygrantError('forbidden', {
      en: `This needs the role ${role}.`,
      'zh-TW': `需要 ${role} 角色。`,
    });
  }
  return caller;
}

/**
 * The person of a subject that the issuer vouches for.
 * @param configured the subject who is an admin before anybody has registered one
 */
export async function personOf(
  db: Queryable,
  subject: string,
  configured: string | undefined,
): Promise<Person> {
  const person = (await findPerson(db, subject)) ?? firstAdmin(subject, configured);
  if (!person)
    throw new KeygrantError('unknown-person', {
      en: `Nobody is registered as ${subject}; an admin can do it.`,
      'zh-TW': `沒有以 ${subject} 登錄的人員；管理員可以登錄。`,
    });
  if (!person.enabled) throw new KeygrantError('person-disabled');
  return person;
}

function firstAdmin(subject: string, configured: string | undefined): Person | undefined {
  if (subject !== configured) return undefined;
  return { id: subject, name: subject, email: '', roles: ['admin'], enabled: true };
}

/** What a token is to blame for when no key is found for it; any other failure to get keys is the issuer's. */
const keyless = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** How long a token that was checked is not checked again, and how many are remembered. */
const checkedForMs = 60_000;
const mostChecked = 1_000;

/** Checks tokens against the issuer's published keys, found by OpenID Connect Discovery when first needed. */
export function tokenVerifier({ issuer, audience }: Context['config']['oidc']) {
  let keySet: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  const discover = async () => {
    const { jwks_uri: uri } = await discoverIssuer(issuer);
    return createRemoteJWKSet(new URL(uri), { timeoutDuration: 5_000 });
  };
  const findKey: JWTVerifyGetKey = async (header, token) => {
    keySet ??= discover();
    try {
      const keys = await keySet.catch((error: unknown) => {
        keySet = undefined;
        throw error;
      });
      return await keys(header, token);
    } catch (error) {
      if (keyless.some((kind) => error instanceof kind)) throw error;
      throw new KeygrantError('unavailable', {
        en: 'The OpenID Connect issuer does not answer; tokens cannot be checked.',
        'zh-TW': 'OpenID Connect 簽發者沒有回應，無法檢查權杖。',
      });
    }
  };

  /** Subjects of tokens that were valid a moment ago, by header, with the end of that. */
  const checked = new Map<string, { subject: string; until: number }>();
  /** The subject of a token that need not be checked again yet. */
  const known = (header = ''): string | undefined => {
    const found = checked.get(header);
    return found && found.until > Date.now() ? found.subject : undefined;
  };

  const verify = async (header = ''): Promise<string> => {
    const subject = known(header);
    if (subject !== undefined) return subject;
    const token = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(header)?.[1];
    if (!token)
      throw new KeygrantError('unauthenticated', {
        en: 'Send an access token: Authorization: Bearer <token>.',
        'zh-TW': '請附上存取權杖：Authorization: Bearer <token>。',
      });
    try {
      const { payload } = await jwtVerify(token, findKey, {
        issuer,
        audience,
        clockTolerance: 30,
        requiredClaims: ['sub', 'exp'],
      });
      const subject = String(payload.sub);
      if (checked.size >= mostChecked) checked.clear();
      checked.set(header, {
        subject,
        until: Math.min(Date.now() + checkedForMs, Number(payload.exp) * 1_000),
      });
      return subject;
    } catch (error) {
      if (error instanceof KeygrantError) throw error;
      throw new KeygrantError(
        'unauthenticated',
        error instanceof errors.JWTExpired
          ? { en: 'The access token has expired.', 'zh-TW': '存取權杖已過期。' }
          : { en: 'The access token is not valid for this service.', 'zh-TW': '存取權杖不適用於本服務。' },
      );
    }
  };
  return Object.assign(verify, { known });
}
