import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Keygrant } from './keygrant.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** What a command said, and how it ended. */
export interface Ending {
  code: number | null;
  words: string;
  errors: string;
}

/** Runs a command for operators as a process of its own, with the settings of a Keygrant and others beside them. */
export function runCommand({ env }: Pick<Keygrant, 'env'>, ...words: readonly string[]): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', cli, ...words], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ending: Ending = { code: null, words: '', errors: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ending.words += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (ending.errors += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ending, code }));
  });
}
