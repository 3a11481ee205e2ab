import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, isListening, requireFreePorts } from '../../src/stack/ports.ts';

const server = createServer();
let taken: number;
beforeAll(async () => {
  server.listen((taken = await freePort()), '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

describe('ports', () => {
  test('a taken port is named with the setting that moves it', async () => {
    const wanted = [
      { port: taken, setting: 'POSTGRES_PORT' },
      { port: await freePort(), setting: 'SMTP_PORT' },
      { port: taken, setting: 'TEMPORAL_PORT' },
    ];
    await expect(requireFreePorts(wanted, 0)).rejects.toThrow(
      `Port ${taken} is taken: set POSTGRES_PORT to another one.\n` +
        `Port ${taken} is taken: set TEMPORAL_PORT to another one.`,
    );
  });

  test('free ports are fine, and stay free', async () => {
    const port = await freePort();
    await requireFreePorts([{ port, setting: 'PORT' }], 0);
    expect(await isListening(port)).toBe(false);
    expect(await isListening(taken)).toBe(true);
  });

  test('a port that becomes free within the patience is fine', async () => {
    const leaving = createServer();
    leaving.listen(0, '127.0.0.1');
    await once(leaving, 'listening');
    const address = leaving.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    setTimeout(() => leaving.close(), 200);
    await requireFreePorts([{ port, setting: 'PORT' }]);
  });
});
