import { type Address, listenAt } from './listening.ts';

/**
 * Serves `/healthz` (the process answers) and `/readyz` (it takes work, or why not) for a process that has no API.
 * @param trouble why it takes no work
 */
export async function serveHealth(
  address: Address,
  trouble: () => Promise<string | undefined>,
): Promise<{ close(): Promise<void> }> {
  return listenAt(address, (request, response) => {
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
}
