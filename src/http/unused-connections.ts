import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { App, Context } from './context.ts';

/**
 * Ends connections on which nothing was ever asked when the service stops. Node ends idle ones by itself, but does not
 * count these as idle, so each could hold up the end for half a minute; clients that open connections in advance, as
 * Node's own `fetch` does after a stream was aborted, leave such ones behind.
 *
 * A connection on which something is being answered at that moment would stay open for the next request: its answer, and
 * every answer from the moment on that the service is about to stop, tells the caller that it is the last.
 */
export function endUnusedConnections(
  app: App,
  { isStopping = () => false }: Pick<Context, 'isStopping'>,
): void {
  let closing = false;
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing || isStopping()) reply.header('connection', 'close');
    done(null, payload);
  });
  const unused = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }: IncomingMessage) => unused.delete(socket));
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of unused) socket.destroy();
  });
}
