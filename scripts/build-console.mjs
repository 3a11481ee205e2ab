// Builds the console, each file also compressed, for whoever serves it: node scripts/build-console.mjs [folder].
// With --if-changed only where its sources are not those that the folder was built from.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [named] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const target = resolve(named ?? join(root, 'dist/console'));

/** @param {string} folder */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();

const sources = createHash('sha256');
for (const file of [
  ...filesIn(join(root, 'console')),
  ...filesIn(join(root, 'src/signing')),
  ...filesIn(join(root, 'src/examples')),
  join(root, 'package-lock.json'),
]) {
  sources
    .update(`${file.slice(root.length)}\0`)
    .update(readFileSync(file))
    .update('\0');
}
const digest = sources.digest('hex');
const record = join(target, '.built-from');
const isCurrent = existsSync(record) && readFileSync(record, 'utf8') === digest;

if (!process.argv.includes('--if-changed') || !isCurrent) {
  // Beside it at first: what is being served, or built by somebody else, stays whole.
  const unfinished = `${target}.${process.pid}`;
  await build({
    configFile: join(root, 'console/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: unfinished, emptyOutDir: true },
  });
  for (const file of filesIn(unfinished).filter((name) => /\.(?:js|css|html|svg|json)$/.test(name))) {
    const content = readFileSync(file);
    // Less than a packet is sent as it is.
    if (content.length < 1024) continue;
    const hint = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: hint }));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
  writeFileSync(join(unfinished, '.built-from'), digest);
  rmSync(target, { recursive: true, force: true });
  renameSync(unfinished, target);
}
