import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { platform } from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Looks a program up.
 * @param path folders to look in, as in the environment's PATH
 * @returns its absolute path, or undefined when it is in none of them
 */
export async function findProgram(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, platform === 'win32' ? `${name}.exe` : name);
    const runnable = await access(file, constants.X_OK).then(
      async () => (await stat(file)).isFile(),
      () => false,
    );
    if (runnable) return file;
  }
  return undefined;
}

/**
 * Runs a program to its end.
 * @returns what it printed
 * @throws Error with the last lines of what it complained about; also when the signal cuts it short
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd?: string; signal?: AbortSignal } = {},
): Promise<string> {
  try {
    const { stdout } = await run(program, args, { ...options, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    if (options.signal?.aborted) throw new Error(String(options.signal.reason), { cause: error });
    const complaint = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const last = complaint.split('\n').slice(-3).join(' ').trim();
    throw new Error(last || String(error), { cause: error });
  }
}

/** Says the line now, and every half minute how long it has been, until the work is done. */
export async function whileSaying<T>(
  say: (line: string) => void,
  line: string,
  work: Promise<T>,
): Promise<T> {
  say(line);
  const begin = Date.now();
  const reminder = setInterval(
    () => say(`… still at it after ${Math.round((Date.now() - begin) / 1000)} s`),
    30_000,
  );
  try {
    return await work;
  } finally {
    clearInterval(reminder);
  }
}
