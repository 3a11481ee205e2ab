import { pino } from 'pino';
import { afterAll } from 'vitest';
import { apis } from '../../src/db/schema/registry.ts';
import { buildGateway } from '../../src/http/gateway.ts';
import type { Keygrant } from './keygrant.ts';

/**
 * The built-in gateway in front of an upstream that every API is registered for; stopped after the file's tests.
 * @returns its address
 */
export async function startGateway(
  { context, db, log }: Pick<Keygrant, 'context' | 'db' | 'log'>,
  upstreamUrl: string,
): Promise<string> {
  const loggerInstance = pino({ level: 'debug' }, { write: (line) => void log.push(line) });
  const gateway = await buildGateway(context, { loggerInstance });
  afterAll(() => gateway.close());
  await db.update(apis).set({ upstreamUrl });
  return gateway.listen({ host: '127.0.0.1', port: 0 });
}
