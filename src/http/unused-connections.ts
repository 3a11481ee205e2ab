import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { App } from './context.ts';

/**
 * Ends connections on which nothing was ever asked when the service stops. Node ends idle ones by itself, but does not
 * count these as idle, so each could hold up the end for half a minute; clients that open connections in advance, as
 * Node's own `fetch` does after a stream was aborted, leave such ones behind.
 */
export function endUnusedConnections(app: App): void {
  const unused = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }: IncomingMessage) => unused.delete(socket));
  app.addHook('preClose', async () => {
    for (const socket of unused) socket.destroy();
  });
}
