import { chmod, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './programs.ts';

const script = fileURLToPath(new URL('./sdk-download.mjs', import.meta.url));

const stalledMs = 20_000;
const longestMs = 600_000;

/**
 * Downloads a server the way Temporal's own SDK does. Where downloads are refused this fails at once; where they
 * vanish without an answer, after twenty seconds without progress.
 * @param folder an empty folder; holds the program `as` afterwards
 * @throws Error with the reason in one line
 */
export async function sdkDownload(
  kind: 'dev-server' | 'time-skipping',
  folder: string,
  as: string,
): Promise<void> {
  const giveUp = new AbortController();
  const begin = Date.now();
  let progress = { size: 0, at: begin };
  const watch = setInterval(async () => {
    const size = await folderSize(folder);
    const now = Date.now();
    if (size !== progress.size) progress = { size, at: now };
    if (now - progress.at > stalledMs) giveUp.abort(`nothing arrived for ${stalledMs / 1000} seconds`);
    if (now - begin > longestMs) giveUp.abort(`it took longer than ${longestMs / 60_000} minutes`);
  }, 1000);
  try {
    await runProgram(process.execPath, [script, kind, folder], { signal: giveUp.signal });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    // The SDK nests causes, each repeating the address; the last one says what happened.
    throw new Error(text.split('): ').at(-1) ?? text, { cause: error });
  } finally {
    clearInterval(watch);
  }
  const [downloaded] = await readdir(folder);
  if (!downloaded) throw new Error('the SDK downloaded nothing');
  await rename(join(folder, downloaded), join(folder, as));
  await chmod(join(folder, as), 0o755);
}

async function folderSize(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
