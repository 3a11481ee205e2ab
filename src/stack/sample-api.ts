import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** Something for the gateway to call: answers every call with what came, and whose Keygrant says it is. */
export async function startSampleApi({ port }: { port: number }) {
  const server = createServer((request, response) => {
    void text(request).then(
      (body) => {
        const { method, url, headers } = request;
        const told = ['x-keygrant-key', 'x-keygrant-client', 'x-keygrant-api', 'x-request-id'];
        const identity = Object.fromEntries(told.map((name) => [name, headers[name] ?? null]));
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(`${JSON.stringify({ method, target: url, ...identity, body }, null, 2)}\n`);
      },
      () => response.destroy(),
    );
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
