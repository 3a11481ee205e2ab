import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll } from 'vitest';
import { eventually } from './eventually.ts';

/** What arrived at an endpoint. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Answering = (response: ServerResponse, received: Received) => void;

/** A portal's server, for the length of a file: keeps what arrives and answers as it is told. */
export async function startReceiver() {
  const all: Received[] = [];
  let answering: Answering = (response) => response.writeHead(204).end();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const received = { path: request.url ?? '', headers: request.headers, body };
      all.push(received);
      answering(response, received);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver = {
    port,
    url: `http://127.0.0.1:${port}`,
    all,
    answer: (next: Answering) => void (answering = next),
    at: (path: string) => all.filter((received) => received.path === path),
    /** Resolves with what arrived at a path, once it is that many. */
    arrivals: (path: string, count: number) =>
      eventually(async () => {
        const found = receiver.at(path);
        return found.length >= count ? found : undefined;
      }),
    /** Nobody answers any more, until it is opened. */
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    async open(): Promise<void> {
      await once(server.listen(port, '127.0.0.1'), 'listening');
    },
  };
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return receiver;
}

/** Verifies as a receiver does, with the reference library of Standard Webhooks; throws where the signature is wrong. */
// oxlint-disable-next-line typescript/no-explicit-any
export function verified(secret: string, { headers, body }: Received): any {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
