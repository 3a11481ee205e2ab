import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll } from 'vitest';

/** A call as an upstream got it. */
export interface Received {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

/**
 * A real upstream on loopback. It keeps what it got, and answers 200 with "fine" unless told otherwise.
 * @param answer how it answers, once the whole call has come
 */
export async function startUpstream(answer?: (received: Received, response: ServerResponse) => void) {
  const calls: Received[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then(
      (body) => {
        const { method, url, headers } = request;
        const received = { method, url, headers, body: body.toString('latin1') };
        calls.push(received);
        if (answer) answer(received, response);
        else response.end('fine');
      },
      () => undefined,
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  afterAll(stop);
  const { port } = server.address() as AddressInfo;
  return { calls, url: `http://127.0.0.1:${port}`, port, stop };
}
