import { type ClientRequest, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { addressesOf, DestinationError, type DestinationRules, type Lookup } from './destinations.ts';

/** How a receiver answered. */
export interface Answer {
  /** Undefined where there was no answer. */
  status?: number;
  /** Milliseconds that it asked to be left alone. */
  retryAfterMs?: number;
  /** The status, or why there is none. Never anything that the receiver wrote. */
  words: string;
}

export interface Sender {
  /** Posts a JSON text; whatever happens is an answer, but for an abort from outside, which is thrown. */
  post(url: string, headers: Record<string, string>, body: string, signal?: AbortSignal): Promise<Answer>;
}

/** From the lookup of the name to the head of the answer: what Standard Webhooks recommends at least. */
const timeoutMs = 15_000;
/** Of an answer only the head is read; this bounds it. */
const maxHeaderSize = 8 * 1024;

/**
 * Makes the client that deliveries go out by: to vetted addresses only, each request on a connection of its own, no
 * redirects, no cookies, no proxies, and nothing of the answer is read but its status and Retry-After.
 */
export function createSender(rules: DestinationRules, lookup?: Lookup): Sender {
  return {
    async post(url, headers, body, signal) {
      const late = AbortSignal.timeout(timeoutMs);
      const stop = signal ? AbortSignal.any([late, signal]) : late;
      try {
        return await send(new URL(url), headers, body, stop);
      } catch (error) {
        if (signal?.aborted) throw error;
        if (late.aborted) return { words: `no answer within ${timeoutMs / 1000} seconds` };
        return { words: error instanceof DestinationError ? error.message : `no answer: ${codeOf(error)}` };
      }
    },
  };

  async function send(url: URL, headers: Record<string, string>, body: string, signal: AbortSignal) {
    const addresses = await unlessAborted(addressesOf(url, rules, lookup), signal);
    const request = url.protocol === 'https:' ? tlsRequest : plainRequest;
    return new Promise<Answer>((resolve, reject) => {
      const outgoing: ClientRequest = request(
        url,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Keygrant-Webhooks',
            connection: 'close',
            ...headers,
          },
          agent: false,
          // Name and certificate are still those of the URL; only where the connection goes is settled here.
          lookup: (_hostname, { all }, done) =>
            all ? done(null, addresses) : done(null, addresses[0]?.address ?? '', addresses[0]?.family),
          maxHeaderSize,
          signal,
        },
        (incoming) => {
          const status = incoming.statusCode ?? 0;
          const retryAfterMs = retryAfter(incoming.headers['retry-after']);
          incoming.destroy();
          resolve({ status, words: inWords(status), ...(retryAfterMs ? { retryAfterMs } : {}) });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}

function inWords(status: number): string {
  return status >= 300 && status < 400 ? `HTTP ${status}: redirects are not followed` : `HTTP ${status}`;
}

/** Retry-After in its two forms (RFC 9110, 10.2.3). */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return ms > 0 ? ms : undefined;
}

/** What went wrong, by its code alone: messages can quote addresses, and of certificates whatever they hold. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown error';
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);
}
