import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chaos, removeFolder } from './run.ts';

// `npm run chaos`, or `npm run chaos -- --applications 1000 --seed 7`: exit code 0 when everything holds.
const { values } = parseArgs({
  options: {
    applications: { type: 'string', default: '200' },
    seed: { type: 'string' },
    faults: { type: 'string' },
  },
});
const applications = Number(values.applications);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const faults = values.faults === undefined ? Number.POSITIVE_INFINITY : Number(values.faults);
if (!Number.isInteger(applications) || applications < 1 || !Number.isInteger(seed) || Number.isNaN(faults)) {
  console.error('Usage: npm run chaos -- [--applications 200] [--seed 7] [--faults 6]');
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'keygrant-chaos-'));
console.log(`${applications} applications, seed ${seed}; the same seed plans the same again.`);
const run = await chaos({
  built: fileURLToPath(new URL('../../dist', import.meta.url)),
  applications,
  seed,
  faults,
  folder,
  say: console.log,
});
await run.stop();
const { walkedMs, settledMs, answers } = run.figures;
console.log(
  `Walked in ${Math.round(walkedMs / 1000)} s, settled after ${Math.round(settledMs / 1000)} s. Answers: ${JSON.stringify(answers)}`,
);
console.table(run.kills);
if (run.wrong.length > 0) {
  console.error(
    `${run.wrong.length} wrong; logs, data and mails are kept in ${folder}:\n${run.wrong.slice(0, 50).join('\n')}`,
  );
  process.exit(1);
}
await removeFolder(folder);
console.log('Everything holds.');
process.exit(0);
