import type { ServerResponse } from 'node:http';
import { Agent, buildConnector } from 'undici';
import { createPassage, Unreached } from './passage.ts';
import { endOfTurn } from './turns.ts';
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
}

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
  const soon = endOfTurn();
  return {
    /**
     * Passes a call on and its answer back, as it comes. A caller that leaves takes the call along.
     * @param begin writes the head of the answer to the caller; told of it as it came, names and values in turn
     * @returns once the answer has begun
     * @throws Unreached, or undici's error where the call may have been carried out; nothing was answered then
     */
    pass(
      { body, ...call }: Outgoing,
      caller: ServerResponse,
      begin: (status: number, headers: string[]) => void,
    ): Promise<void> {
      return new Promise((resolve, reject) => {
        const passage = createPassage(caller, soon, begin, resolve, reject);
        soon(() => agent.dispatch({ ...call, body: body.length > 0 ? body : null }, passage));
      });
    },
    close: () => agent.destroy(),
  };
}
