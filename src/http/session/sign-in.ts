import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { beginSession, endSession } from '../../db/sessions.ts';
import { KeygrantError } from '../../domain/errors.ts';
import { personOf } from '../auth.ts';
import type { App, Context } from '../context.ts';
import { statuses, translate } from '../errors.ts';
import { languageHeaders, languageOf } from '../language.ts';
import { sessionCookies } from './cookies.ts';
import { ownAddress, requireOwnPage } from './own-pages.ts';
import { notSignedInPage } from './page.ts';
import { relyingParty } from './relying-party.ts';

/**
 * Signing in to the console, as a browser goes through it: this server is the issuer's client and keeps what it learns; the
 * browser gets a cookie, and never a token (OAuth 2.0 for Browser-Based Applications, 6.1: backend for frontend).
 */
export function signInRoutes(app: App, { db, config }: Context): void {
  const { publicUrl, session: limits, firstAdmin } = config;
  const cookies = sessionCookies(publicUrl);
  const party = relyingParty(config);
  // A form without fields, as browsers send it, is all that comes here.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(null);
  });

  app.get(
    '/session/sign-in',
    {
      schema: {
        hide: true,
        querystring: Type.Object({
          returnTo: Type.Optional(Type.String({ maxLength: 2000 })),
          again: Type.Optional(Type.Boolean()),
        }),
      },
    },
    async (request, reply) => {
      const { returnTo, again = false } = request.query;
      const elsewhere = elsewhereOnThisMachine(request);
      if (elsewhere) return reply.redirect(elsewhere, 302);
      return orPage(request, reply, returnTo, async () => {
        const { address, signIn } = await party.begin(returnTo ?? '/', again);
        return cookies.begin(reply, signIn).redirect(address, 302);
      });
    },
  );

  app.get(
    '/session/callback',
    { schema: { hide: true, querystring: Type.Object({ state: Type.Optional(Type.String()) }) } },
    async (request, reply) => {
      const signIn = cookies.finish(request, reply, request.query.state ?? '');
      return orPage(request, reply, signIn?.returnTo, async () => {
        if (!signIn) throw new KeygrantError('sign-in-unknown');
        const [, query = ''] = request.url.split('?', 2);
        const subject = await party.finish(query, signIn);
        const person = await personOf(db, subject, firstAdmin);
        await end(request, 'session.replaced');
        const token = randomBytes(32).toString('base64url');
        await beginSession(db, token, person.id, limits, eventOf(request, 'session.began', person.id));
        cookies.write(reply, token);
        return reply.redirect(ownAddress(publicUrl, signIn.returnTo), 302);
      });
    },
  );

  const style = readFileSync(new URL('./page.css', import.meta.url), 'utf8');
  app.get('/session/page.css', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(style),
  );

  app.post('/session/sign-out', { schema: { hide: true } }, async (request, reply) => {
    requireOwnPage(request, publicUrl);
    await end(request, 'session.ended');
    cookies.clear(reply);
    return reply.redirect((await party.signOutAddress()) ?? `${publicUrl}/`, 303);
  });

  /** Ends the session that the browser has, if it has one. */
  async function end(request: FastifyRequest, action: string): Promise<void> {
    const token = cookies.read(request);
    if (token === undefined) return;
    await endSession(db, token, ({ personId }) => eventOf(request, action, personId));
  }

  /**
   * In development both 127.0.0.1 and localhost lead here, but the issuer leads back to one of them, where a cookie of the
   * other would be missing.
   */
  function elsewhereOnThisMachine({ hostname, url }: FastifyRequest): string | undefined {
    const own = new URL(publicUrl);
    const isOther = config.mode === 'development' && hostname === 'localhost' && own.hostname === '127.0.0.1';
    return isOther ? `${own.origin}${url}` : undefined;
  }

  /** A browser stands behind these addresses: what goes wrong is a page. */
  async function orPage(
    request: FastifyRequest,
    reply: FastifyReply,
    returnTo: string | undefined,
    act: () => Promise<unknown>,
  ) {
    try {
      return await act();
    } catch (error) {
      const problem = translate(error as KeygrantError);
      const { code, message } = problem;
      if (statuses[code] >= 500) throw error;
      request.log.info({ problem: code, detail: message }, 'not signed in');
      const language = languageOf(request);
      return reply
        .code(statuses[code])
        .type('text/html; charset=utf-8')
        .headers(languageHeaders(language))
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        )
        .send(notSignedInPage(problem, language, returnTo));
    }
  }
}

function eventOf(request: FastifyRequest, action: string, personId: string) {
  const subject = { type: 'person', id: personId };
  return { action, actor: personId, via: null, subject, requestId: request.id, details: {} };
}
