import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { help, run } from './commands/run.ts';
import { readStackConfig } from './config.ts';
import { findRunning } from './stack/kept.ts';
import { printToken } from './stack/token.ts';

// The command line beside `npm start`: with `token`, and with the settings of what runs there unless others are given.
const [first, ...rest] = process.argv.slice(2);
const running = await findRunning(resolve(readStackConfig(process.env, homedir()).dataFolder));
process.exit(
  first === 'token'
    ? await printToken(running, rest[0])
    : await run(
        process.argv.slice(2),
        { ...running?.env, ...(running && { KEYGRANT_GATEWAY: running.gatewayUrl }), ...process.env },
        [...help, 'token PERSON    sign in at the running `npm start` and print the access token'],
      ),
);
