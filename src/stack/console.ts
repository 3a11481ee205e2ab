import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Builds the console, unless it is as its sources are.
 * @throws Error with what the build says
 */
export async function buildConsole(): Promise<void> {
  const script = fileURLToPath(new URL('../../scripts/build-console.mjs', import.meta.url));
  try {
    await promisify(execFile)(process.execPath, [script, '--if-changed']);
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(`The console could not be built:\n${stderr.trim()}`, { cause: error });
  }
}
