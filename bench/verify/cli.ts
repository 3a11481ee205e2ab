import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlan, usage } from './plan.ts';
import { report } from './report.ts';
import { runRounds } from './rounds.ts';
import type { Signed } from './signing.ts';
import { ends, startStack } from './stack.ts';
import { startTargets } from './targets.ts';

// `npm run bench:verify`: how fast signed calls are checked, beside what does not check them. It fails only when something
// does not work.
const plan = readPlan(process.argv.slice(2));
if (!plan) {
  console.error(usage);
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'keygrant-bench-'));
const begun = Date.now();
const say = (line: string) =>
  console.log(`${String(Math.round((Date.now() - begun) / 1_000)).padStart(4)} s  ${line}`);
say('Building what production runs …');
if ((await ends(process.execPath, ['scripts/build.mjs'])) !== 0) throw new Error('npm run build fails');
say(`Starting everything; logs and data are in ${folder} until the end …`);
const stack = await startStack(folder);
try {
  const { targets, memory } = await startTargets(stack, plan, say);
  const rounds = await runRounds(targets, stack.load, plan, say);
  say('Canonical bodies …');
  const { said: signed } = await stack.measured('signing.ts', [
    String(plan.rounds),
    String(plan.seconds * 100),
  ]);
  console.log(`\n${report({ rounds, signed: signed as Signed[], memory, pinned: stack.pinned }, plan)}`);
} finally {
  await stack.stop();
}
await rm(folder, { recursive: true, force: true });
process.exit(0);
