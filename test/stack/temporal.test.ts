import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort, isListening } from '../../src/stack/ports.ts';
import { startTemporal } from '../../src/stack/temporal.ts';
import { realTemporal, realTemporalMs } from './real-temporal.ts';

let folder: string;
let binary: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keygrant-temporal-'));
  binary = await realTemporal();
}, realTemporalMs);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the embedded Temporal server', { timeout: 60_000 }, () => {
  test('keeps its workflows and search attributes over a restart, and is gone in between', async () => {
    const options = {
      binary,
      port: await freePort(),
      uiPort: await freePort(),
      databaseFile: join(folder, 'data', 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
      searchAttributes: { ApplicationStatus: 'Keyword', ApplicationLevel: 'Int' },
    } as const;
    const first = await startTemporal(options);
    const page = await fetch(first.uiUrl ?? '');
    expect(page.status).toBe(200);
    await page.text();
    await within(first.address, (client) =>
      client.workflow.start('application', { workflowId: 'kept', taskQueue: 'nobody-listens', args: [] }),
    );
    await first.stop();
    expect(await isListening(options.port)).toBe(false);
    expect(await isListening(options.uiPort)).toBe(false);

    const second = await startTemporal(options);
    await within(second.address, async (client) => {
      expect((await client.workflow.getHandle('kept').describe()).status.name).toBe('RUNNING');
      const known = await client.connection.operatorService.listSearchAttributes({ namespace: 'default' });
      expect(Object.keys(known.customAttributes)).toEqual(
        expect.arrayContaining(['ApplicationStatus', 'ApplicationLevel']),
      );
    });
    await second.stop();
  });

  test('says why when it does not start', async () => {
    const port = await freePort();
    const first = await startTemporal({ binary, port, logFile: join(folder, 'first.log') });
    const databaseFile = join('/proc', 'nowhere.db');
    const options = { binary, port: await freePort(), databaseFile, logFile: join(folder, 'second.log') };
    await expect(startTemporal(options)).rejects.toThrow(/The Temporal server did not start.*\n.*\S/);
    await first.stop();
  });
});

async function within(
  address: string,
  work: (client: Client & { connection: Connection }) => Promise<unknown>,
) {
  const connection = await Connection.connect({ address });
  try {
    await work(Object.assign(new Client({ connection }), { connection }));
  } finally {
    await connection.close();
  }
}
