import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode } from '@temporalio/worker';
import { bundleSources } from './temporal/worker.ts';

// Part of `npm run build`: bundles the workflows once, so that a production worker starts fast and needs no bundler.
const [target] = process.argv.slice(2);
if (!target) throw new Error('usage: build-workflows <file to write>');
const { code } = await bundleWorkflowCode(bundleSources);
await writeFile(target, code);
