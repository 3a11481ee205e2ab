import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import serveFiles from '@fastify/static';
import type { FastifyReply } from 'fastify';
import { KeygrantError } from '../domain/errors.ts';
import type { App, Context } from './context.ts';
import { discoverIssuer } from './issuer.ts';

/**
 * The one style that React Aria puts into a page by itself (that what is pressed is not scrolled), by its digest. The
 * console's tests find out when it changes.
 */
const pressableStyle = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

/** What the API has; an address under these that leads nowhere is a mistake, not a page of the console. */
const reserved = /^\/(?:v1|session|docs|codec|mail-frame|problems|openapi|healthz|readyz|assets)(?:[/.]|$)/;

/** Everything that a page of the console does not need of the browser. */
const permissions = ['camera', 'geolocation', 'microphone', 'payment', 'usb']
  .map((name) => `${name}=()`)
  .join(', ');

/**
 * Serves the console as it was built, compressed beforehand. It is one page for every address that is not the API's, which
 * finds its way in the browser; what the build named by its content is kept for ever, the page itself is asked for anew.
 */
export async function serveConsole(app: App, { config, consoleFolder }: Context): Promise<void> {
  const files = consoleFolder === undefined ? undefined : filesIn(consoleFolder);
  if (consoleFolder === undefined || !files?.has('index.html')) {
    app.get('/', { schema: { hide: true } }, () => {
      throw new KeygrantError('not-found', {
        en: 'The console has not been built here: `npm run build` does it. GET /docs shows the API.',
        'zh-TW': '這裡尚未建置主控台：請執行 `npm run build`。API 請參閱 GET /docs。',
      });
    });
    return;
  }
  await app.register(serveFiles, {
    root: consoleFolder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
  });
  const formTargets = signOutTargets(config.oidc.issuer);

  // What the console shows a mail in: mails bring styles in attributes, which its own pages do not allow and so nothing that
  // takes on their policy does. The page is empty; the console, of the same origin, puts the mail in. No script runs there.
  app.get('/mail-frame', { schema: { hide: true } }, (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .headers({
        'content-security-policy':
          "default-src 'none'; style-src-attr 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; " +
          'sandbox allow-same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'SAMEORIGIN',
      })
      .send('<!doctype html><html lang="en"><title>Keygrant</title></html>'),
  );

  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const path = request.url.split('?', 1)[0]?.slice(1) ?? '';
    if (path !== 'index.html' && files.has(path)) {
      const lasting = path.startsWith('assets/');
      reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
      return reply.sendFile(path);
    }
    const asksForPage = path === '' || request.headers.accept?.includes('text/html') === true;
    if (!asksForPage || reserved.test(`/${path}`)) throw nothingHere();
    return page(reply);
  });

  async function page(reply: FastifyReply) {
    const gateway = config.gateway.url === undefined ? [] : [new URL(config.gateway.url).origin];
    const policy = {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'", pressableStyle],
      'font-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'", ...gateway],
      'frame-src': ["'self'"],
      'form-action': ["'self'", ...(await formTargets())],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    };
    return reply
      .headers({
        'cache-control': 'no-cache',
        'content-security-policy': Object.entries(policy)
          .map(([directive, sources]) => [directive, ...sources].join(' '))
          .join('; '),
        // Its pages open one window, to sign in again.
        'cross-origin-opener-policy': 'same-origin-allow-popups',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': permissions,
        vary: 'accept',
      })
      .sendFile('index.html');
  }
}

/** What to answer where nothing is. */
export function nothingHere(): KeygrantError {
  return new KeygrantError('not-found', {
    en: 'There is nothing at this address; GET /docs shows what there is.',
    'zh-TW': '這個位址沒有內容；請參閱 GET /docs。',
  });
}

/** The names of all files in a folder and its folders, as addresses write them. */
function filesIn(folder: string): Set<string> {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return new Set(
      entries
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
        ),
    );
  } catch {
    return new Set();
  }
}

/** Where the form that signs people out may lead: browsers also look at where its answer redirects to. */
function signOutTargets(issuer: string): () => Promise<string[]> {
  let found: string[] | undefined;
  return async () => {
    if (found) return found;
    try {
      const { end_session_endpoint: address = issuer } = await discoverIssuer(issuer);
      found = [new URL(address).origin];
      return found;
    } catch {
      return [new URL(issuer).origin];
    }
  };
}
