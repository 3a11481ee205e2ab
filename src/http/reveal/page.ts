import { readFileSync } from 'node:fs';
import { KeygrantError } from '../../domain/errors.ts';
import { html } from '../../mail/html.ts';
import type { App, Context } from '../context.ts';
import { discoverIssuer } from '../issuer.ts';

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

/** The page behind the links in mails. It is the same for everybody: what it is about stands in the link's fragment. */
export function revealPage(app: App, { config }: Context): void {
  const { oidc, publicUrl } = config;
  const [script, style] = [file('./reveal.mjs'), file('./reveal.css')];

  app.get('/reveal', { schema: { hide: true } }, async (_request, reply) => {
    const { authorization_endpoint: authorization, token_endpoint: token } = await discovered();
    const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Keygrant</title>
<link rel="stylesheet" href="/reveal.css"><script type="module" src="/reveal.mjs"></script></head>
<body data-authorization="${authorization}" data-token="${token}" data-client="${oidc.clientId}" data-redirect="${publicUrl}/reveal"><main></main>
<noscript>This page needs JavaScript.</noscript></body>
</html>
`;
    return reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${new URL(token).origin}; ` +
          "form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
      )
      .send(page.toString());
  });
  app.get('/reveal.mjs', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(script),
  );
  app.get('/reveal.css', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(style),
  );

  async function discovered() {
    try {
      return await discoverIssuer(oidc.issuer);
    } catch {
      throw new KeygrantError('unavailable', {
        en: 'The OpenID Connect issuer does not answer; nobody can sign in.',
        'zh-TW': 'OpenID Connect 簽發者沒有回應，目前無法登入。',
      });
    }
  }
}
