import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { Person } from './identity.ts';
import { errorPage, signInPage } from './identity-pages.ts';

const longestForm = 10_000;

/**
 * Serves the sign-in page that the provider sends a browser to, and takes its answer. The page belongs to one sign-in
 * of one browser: the provider's cookie says which.
 */
export async function handleInteraction(
  provider: Provider,
  people: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { prompt } = await provider.interactionDetails(request, response);
    if (prompt.name === 'consent') {
      // A client that insists on consent (prompt=consent) gets it: see loadExistingGrant.
      return await provider.interactionFinished(
        request,
        response,
        { consent: {} },
        { mergeWithLastSubmission: true },
      );
    }
    if (request.method !== 'POST') return send(response, 200, signInPage(people, 'Keygrant'));
    const chosen = new URLSearchParams(await body(request)).get('person');
    if (!people.some(({ id }) => id === chosen))
      return send(response, 400, errorPage('There is no such person.'));
    await provider.interactionFinished(request, response, { login: { accountId: chosen! } });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    send(response, 400, errorPage(`This sign-in is over or was not started in this browser (${reason}).`));
  }
}

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(html);
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestForm) throw new Error('the form is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
