import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * Serves `/healthz` (the process answers) and `/readyz` (it takes work, or why not) for a process that has no API.
 * @param trouble why it takes no work
 */
export async function serveHealth(
  { host, port }: { host: string; port: number },
  trouble: () => Promise<string | undefined>,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const path = request.url?.split('?')[0];
    if (path === '/healthz') return void answer(200, { ok: true });
    if (path !== '/readyz') return void response.writeHead(404).end();
    trouble().then(
      (why) => answer(why === undefined ? 200 : 503, { ready: why === undefined, ...(why && { why }) }),
      () => answer(503, { ready: false, why: 'it could not be found out' }),
    );
  });
  await once(server.listen(port, host), 'listening');
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
