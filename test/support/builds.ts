import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { afterAll } from 'vitest';
import { bundleSources } from '../../src/temporal/worker.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Bundles the workflows as a later release could have them: from a copy in which something else stands before the issue.
 * @param step TypeScript, a statement of the workflow; the SDK is `temporal` in it
 */
export async function bundleWithStep(step: string) {
  const folder = await mkdtemp(join(tmpdir(), 'keygrant-build-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  await cp(join(repository, 'workflows'), join(folder, 'workflows'), { recursive: true });
  for (const name of ['src', 'activities', 'node_modules', 'package.json'])
    await symlink(join(repository, name), join(folder, name));
  const file = join(folder, 'workflows', 'application.ts');
  const source = await readFile(file, 'utf8');
  const issue = /^ {4}const issued = await issueKey/m;
  if (!issue.test(source)) throw new Error('the workflow does not issue keys where this looks for it');
  await writeFile(
    file,
    `import * as temporal from '@temporalio/workflow';\n${source.replace(issue, (line) => `${step}\n${line}`)}`,
  );
  return bundleWorkflowCode({
    ...bundleSources,
    workflowsPath: join(folder, 'workflows', 'index.ts'),
    logger: new DefaultLogger('WARN'),
  });
}
