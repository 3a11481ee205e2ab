import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { run } from '../../src/commands/run.ts';
import type { Keygrant } from './keygrant.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

/** What a command said, and how it ended. */
export interface Ending {
  code: number | null;
  words: string;
  errors: string;
}

/** Runs a command for operators as a process of its own, with the settings of a Keygrant and others beside them. */
export function runCommand(
  { env, input }: Pick<Keygrant, 'env'> & { input?: string },
  ...words: readonly string[]
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', cli, ...words], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => undefined).end(input ?? '');
    const ending: Ending = { code: null, words: '', errors: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ending.words += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (ending.errors += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ending, code }));
  });
}

/** The same within this process, which is quicker; one at a time, since it listens to the console. */
export async function runHere({ env }: Pick<Keygrant, 'env'>, ...words: readonly string[]): Promise<Ending> {
  const ending: Ending = { code: null, words: '', errors: '' };
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void (ending.words += `${line}\n`));
  const error = vi.spyOn(console, 'error').mockImplementation((line) => void (ending.errors += `${line}\n`));
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk, encoding?: unknown, done?: unknown) => {
      ending.words += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      for (const told of [encoding, done]) if (typeof told === 'function') (told as () => void)();
      return true;
    });
  try {
    ending.code = await run(words, env);
    return ending;
  } finally {
    log.mockRestore();
    error.mockRestore();
    write.mockRestore();
  }
}
