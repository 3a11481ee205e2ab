// Writes the types of the console's API client from the OpenAPI document on standard input; with --check it only says
// whether they are up to date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

// openapi-typescript prints by the compiler's JavaScript API, which TypeScript 7 no longer has.
const hooks = `export const resolve = (specifier, context, next) => next(specifier === 'typescript' ? 'typescript5' : specifier, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`, import.meta.url);
const { astToString, default: openapiTS } = await import('openapi-typescript');

const file = join(dirname(fileURLToPath(import.meta.url)), '../console/src/api/schema.ts');
const document = JSON.parse(await text(process.stdin));
for (const [path, methods] of Object.entries(document.paths)) {
  for (const [method, { operationId }] of Object.entries(methods)) {
    if (operationId) continue;
    console.error(`${method.toUpperCase()} ${path} needs an operationId.`);
    process.exit(1);
  }
}
const types = `// Written by \`npm run generate:client\` from the OpenAPI document.\n\n${astToString(await openapiTS(document))}`;
const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === types;

if (!process.argv.includes('--check')) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, types);
} else if (!isCurrent) {
  console.error('console/src/api/schema.ts does not match the routes: run `npm run generate:client`.');
  process.exit(1);
}
