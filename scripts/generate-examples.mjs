// Writes the files of examples/ anew: npm run generate:examples. test/examples checks that they are current, and runs them.
import { writeFileSync } from 'node:fs';
import { exampleFiles } from '../src/examples/files.ts';

for (const [name, text] of Object.entries(exampleFiles)) {
  writeFileSync(new URL(`../examples/${name}`, import.meta.url), text, {
    mode: name.endsWith('.sh') ? 0o755 : 0o644,
  });
}
