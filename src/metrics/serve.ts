import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Logger } from 'pino';

/** An address to listen at. */
export interface Address {
  host: string;
  port: number;
}

/**
 * Serves an API process's metrics at an address of their own, apart from what people and gateways reach.
 * @param text the metrics in Prometheus' format
 */
export async function serveMetrics(
  { host, port }: Address,
  metrics: { contentType: string; text(): Promise<string> },
  logger: Pick<Logger, 'error'>,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end();
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      (error: unknown) => {
        logger.error({ err: error }, 'metrics failed');
        response.writeHead(500).end();
      },
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
