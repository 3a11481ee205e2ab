import { run } from './commands/run.ts';

// The command line in production: `node dist/src/cli.js audit verify`.
process.exit(await run(process.argv.slice(2), process.env));
