import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** An address to listen at. */
export interface Address {
  host: string;
  port: number;
}

/** Serves plain HTTP at an address until it is closed, which cuts off whoever is still connected. */
export async function listenAt(
  { host, port }: Address,
  answer: RequestListener,
): Promise<{ close(): Promise<void> }> {
  const server = createServer(answer);
  await once(server.listen(port, host), 'listening');
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
