// Builds what production runs: JavaScript, the migrations beside it, the console, and the bundled workflows. Into dist/, or into
// another folder: node scripts/build.mjs <folder>
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = resolve(process.argv[2] ?? join(root, 'dist'));
const run = (...words) => execFileSync(process.execPath, words, { cwd: root, stdio: 'inherit' });

rmSync(target, { recursive: true, force: true });
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', target);
// What tsc does not know: SQL, what a browser loads, and what is JavaScript already.
for (const path of [
  'src/db/migrations',
  'src/http/session/page.css',
  'src/temporal/payload-converter.mjs',
  'src/temporal/failure-converter.mjs',
]) {
  cpSync(join(root, path), join(target, path), { recursive: true });
}
run('scripts/build-console.mjs', join(target, 'console'));
run(join(target, 'src/build-workflows.js'), join(target, 'workflows.bundle.js'));
