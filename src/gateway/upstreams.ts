import type { Readable } from 'node:stream';
import { Agent, buildConnector } from 'undici';
import { type FindAddresses, vettedLookup } from './upstream-addresses.ts';

/** How upstreams are called; `src/config.ts` reads it. */
export interface UpstreamRules {
  /** How long an upstream may be silent, before its answer and within it. */
  timeoutMs: number;
  /** Host names, or `.suffixes`, that may lead to private addresses. */
  privateHosts: readonly string[];
}

/** A call as it goes to its upstream. */
export interface Outgoing {
  origin: string;
  path: string;
  method: string;
  /** Names and values in turn. */
  headers: string[];
  body: Buffer;
  signal: AbortSignal;
}

/** No connection was made, so no byte of the call can have reached the upstream. */
export class Unreached extends Error {}

const connectTimeoutMs = 5_000;

/**
 * Makes the client that calls go out by: undici, which is what Node's own `fetch` is made of. It keeps connections, follows no
 * redirect and repeats nothing.
 */
export function createUpstreams({ timeoutMs, privateHosts }: UpstreamRules, find?: FindAddresses) {
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: vettedLookup(privateHosts, find) });
  const agent = new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: (options, done) =>
      connect(options, (error, socket) => {
        if (error) done(new Unreached('no connection', { cause: error }), null);
        else done(null, socket);
      }),
  });
  return {
    /**
     * @returns the answer, whose body is still to come
     * @throws Unreached, or undici's error where the call may have been carried out
     */
    async send(call: Outgoing): Promise<{
      status: number;
      headers: Record<string, string | string[] | undefined>;
      body: Readable;
    }> {
      const { body, ...rest } = call;
      const {
        statusCode,
        headers,
        body: answer,
      } = await agent.request({
        ...rest,
        body: body.length > 0 ? body : null,
      });
      return { status: statusCode, headers, body: answer };
    },
    close: () => agent.destroy(),
  };
}
