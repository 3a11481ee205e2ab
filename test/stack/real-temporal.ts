import { homedir } from 'node:os';
import { join } from 'node:path';
import { findTemporal } from '../../src/stack/temporal-binary.ts';

/** The real server, from where `npm start` keeps it. Built first on a machine that has none: minutes, once. */
export function realTemporal(): Promise<string> {
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return findTemporal({
    path: process.env.PATH ?? '',
    cacheFolder: join(caches, 'keygrant'),
    say: (line) => console.error(line),
  });
}

/** Time to allow for that, in milliseconds. */
export const realTemporalMs = 900_000;
