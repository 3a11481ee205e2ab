import type { IncomingMessage, ServerResponse } from 'node:http';
import { endOfTurn } from '../gateway/turns.ts';
import type { Call, CallVerifier, Finding } from '../gateway/verify.ts';
import type { App, Context } from './context.ts';

/** What every answer of the API carries. */
export interface Answers {
  requestIdOf: (request: IncomingMessage) => string;
  headersOf: (request: { id: string }) => Record<string, string>;
}

interface Options extends Answers {
  /** Whether an Authorization may ask, as far as this process knows without looking. */
  isVerifier: (authorization: string | undefined) => boolean;
  /** The call that a parsed body asks about; undefined where it asks for nothing that can be meant. */
  read: (body: unknown) => Call | undefined;
  calls: CallVerifier;
}

/** Larger questions take the usual way; they cost more than it does. */
const longestBody = 64 * 1024;

/**
 * Answers `POST /v1/verify` before Fastify sees it, where all is as it mostly is: a known gateway, a question of some kilobytes
 * that can be meant. Everything else goes the usual way, its body unread or put back, so that route alone says what is
 * allowed and what is wrong. The two answer alike, which a test holds them to. It exists because the usual way (request and reply
 * objects, a logger for each, hooks, validation of what was validated) takes longer than the check of a signed call.
 */
export function openVerifyLane(
  app: App,
  { metrics, isStopping = () => false }: Context,
  options: Options,
): void {
  const { requestIdOf, headersOf, isVerifier, read, calls } = options;
  const { server } = app;
  const [usual] = server.listeners('request') as [
    (request: IncomingMessage, response: ServerResponse) => void,
  ];
  let closing = false;
  const soon = endOfTurn();
  app.addHook('preClose', async () => void (closing = true));
  server.removeListener('request', usual);
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isPlain(request)) take(request, response);
    else usual(request, response);
  });

  function isPlain({ method, url, headers }: IncomingMessage): boolean {
    return (
      method === 'POST' &&
      url === '/v1/verify' &&
      headers['content-type'] === 'application/json' &&
      Number(headers['content-length']) <= longestBody &&
      headers.expect === undefined &&
      !closing &&
      !isStopping() &&
      isVerifier(headers.authorization)
    );
  }

  function take(request: IncomingMessage, response: ServerResponse): void {
    const began = performance.now();
    const length = Number(request.headers['content-length']);
    const chunks: Buffer[] = [];
    let missing = length;
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      missing -= chunk.length;
      if (missing > 0) return;
      request.removeListener('data', onData);
      request.pause();
      const body = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      const call = read(parsed(body));
      const answered = call && calls.verify(call);
      if (!answered) return giveBack(request, response, body);
      answered.then(
        (finding) => soon(() => answer(request, response, finding, began)),
        // The usual way says what is wrong, or finds that it is over.
        () => giveBack(request, response, body),
      );
    };
    if (length > 0) request.on('data', onData);
    else usual(request, response);
  }

  function giveBack(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    request.unshift(body);
    usual(request, response);
  }

  function answer(request: IncomingMessage, response: ServerResponse, finding: Finding, began: number): void {
    const { verdict, cause, keyId } = finding;
    const id = requestIdOf(request);
    const text = JSON.stringify(verdict);
    response.writeHead(200, {
      ...headersOf({ id }),
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
    request.resume();
    metrics?.verified(verdict.reason);
    metrics?.answered('POST', '/v1/verify', 200, (performance.now() - began) / 1000);
    if (cause) app.log.info({ reqId: id, cause, key: keyId }, 'call refused');
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
