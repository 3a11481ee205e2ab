import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that is expensive to fill and the same for every project and every run. */
export interface CacheEntry {
  /** Where all entries are kept; made when missing. */
  cacheFolder: string;
  /** Name of this entry. Change it whenever its content should be fetched anew. */
  name: string;
  /** Prints a line of progress. */
  say: (line: string) => void;
  /** Fills the folder that it is given, or throws. */
  make: (folder: string) => Promise<void>;
}

const beatMs = 2000;
const staleMs = 15_000;

/**
 * The folder of an entry, filled now if it is not there yet. Two processes that ask at the same time (`npm start` and
 * `npm test`) fill it once: the second waits. It appears complete or not at all.
 * @returns the folder's path
 * @throws whatever `make` throws; then nothing is kept
 */
export async function cached({ cacheFolder, name, say, make }: CacheEntry): Promise<string> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  const unlock = await lock(`${folder}.lock`, () =>
    say(`Waiting for another process that is fetching ${name} …`),
  );
  const unfinished = `${folder}.unfinished-${randomBytes(4).toString('hex')}`;
  try {
    if (existsSync(folder)) return folder;
    await mkdir(unfinished);
    await make(unfinished);
    await rename(unfinished, folder);
    return folder;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await unlock();
  }
}

/**
 * Takes a lock: a folder, since making one either succeeds or finds it there. Its holder touches it every two seconds,
 * so that the lock of a dead process is recognised by its age, whichever machine or container that ran in. Should two
 * processes take over a stale lock at once, both do the work, and the rename above lets one result win.
 */
async function lock(path: string, onWait: () => void): Promise<() => Promise<void>> {
  let waiting = false;
  for (;;) {
    try {
      await mkdir(path);
      break;
    } catch {
      const held = await stat(path).catch(() => undefined);
      if (held && Date.now() - held.mtimeMs > staleMs) await rm(path, { recursive: true, force: true });
      else {
        if (!waiting) onWait();
        waiting = true;
        await new Promise((wake) => setTimeout(wake, 250));
      }
    }
  }
  const beat = setInterval(() => {
    // A lock that is gone was taken over: see above.
    utimes(path, new Date(), new Date()).catch(() => {});
  }, beatMs);
  return async () => {
    clearInterval(beat);
    await rm(path, { recursive: true, force: true });
  };
}
