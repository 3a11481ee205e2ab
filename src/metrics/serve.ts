import type { Logger } from 'pino';
import { type Address, listenAt } from '../listening.ts';

/**
 * Serves an API process's metrics at an address of their own, apart from what people and gateways reach.
 * @param text the metrics in Prometheus' format
 */
export async function serveMetrics(
  address: Address,
  metrics: { contentType: string; text(): Promise<string> },
  logger: Pick<Logger, 'error'>,
): Promise<{ close(): Promise<void> }> {
  return listenAt(address, (request, response) => {
    if (request.url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end();
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      (error: unknown) => {
        logger.error({ err: error }, 'metrics failed');
        response.writeHead(500).end();
      },
    );
  });
}
