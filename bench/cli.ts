import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './figures.ts';
import { readPlan, usage } from './plan.ts';
import { report } from './report.ts';
import { startStack } from './stack.ts';

// `npm run bench`: everything in about a quarter of an hour; `npm run bench -- --quick` in two minutes. It fails only
// when something does not work: how fast a machine is, is for people to judge.
const plan = readPlan(process.argv.slice(2));
if (!plan) {
  console.error(usage);
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'keygrant-bench-'));
const begun = Date.now();
const say = (line: string) =>
  console.log(`${String(Math.round((Date.now() - begun) / 1_000)).padStart(4)} s  ${line}`);
say(`Starting everything; logs and data are in ${folder} until the end …`);
const stack = await startStack(folder);
try {
  const figures = await measure(stack, plan, say);
  console.log(`\n${report(figures, plan)}`);
} finally {
  await stack.stop();
}
await rm(folder, { recursive: true, force: true });
process.exit(0);
