import { readdir, readFile } from 'node:fs/promises';
import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { codecOf } from '../../src/temporal/connection.ts';
import { dataConverterOf } from '../../src/temporal/data-converter.ts';
import { bundleSources } from '../../src/temporal/worker.ts';
import { development } from '../support/settings.ts';

// Open applications live through every deploy, so a changed workflow must still replay what older ones have done. The
// histories in ./histories are of released versions: record-histories.ts adds new ones; none is changed or removed.
const folder = new URL('./histories/', import.meta.url);

test('every committed history of an application replays with the workflow as it is now', async () => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  expect(files.length).toBeGreaterThanOrEqual(4);
  const histories = await Promise.all(
    files.map(async (file) => ({
      workflowId: file,
      history: JSON.parse(await readFile(new URL(file, folder), 'utf8')),
    })),
  );
  const { workflowsPath, workflowInterceptorModules: workflowModules } = bundleSources;
  // Later ones are encrypted under the key of development; those from before the codec are in clear.
  const dataConverter = dataConverterOf(codecOf(readConfig(development).temporal));
  const failures: string[] = [];
  const results = Worker.runReplayHistories(
    { workflowsPath, dataConverter, interceptors: { workflowModules } },
    histories,
  );
  // It does not throw by itself: a failure is one of the results.
  for await (const { workflowId, error } of results)
    if (error) failures.push(`${workflowId}: ${error.message}`);
  expect(failures).toEqual([]);
});
