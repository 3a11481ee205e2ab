import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from './error-code.ts';

/** A secret that the stack makes at its first start and keeps in its data folder, readable by its owner alone. */
export async function keptSecret(file: string, make: () => string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  try {
    const secret = make();
    await writeFile(file, secret, { mode: 0o600, flag: 'wx' });
    return secret;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    return (await readFile(file, 'utf8')).trim();
  }
}

/** Where a running stack is, for the demo and the command line. */
export interface RunningStack {
  pid: number;
  baseUrl: string;
  gatewayUrl: string;
  issuer: string;
  mailUrl: string;
  temporalUiUrl: string | null;
  deliveryDelay: string;
  /** What server and worker were started with, so that commands see the same settings. */
  env: Record<string, string>;
}

const fileIn = (dataFolder: string) => join(dataFolder, 'running.json');

/** Notes where the stack runs; it holds secrets, so only its owner can read it. */
export async function noteRunning(dataFolder: string, running: RunningStack): Promise<void> {
  const file = fileIn(dataFolder);
  // Renamed into place, lest somebody read half of it.
  await writeFile(`${file}.unfinished`, JSON.stringify(running, null, 2), { mode: 0o600 });
  await rename(`${file}.unfinished`, file);
}

export async function forgetRunning(dataFolder: string): Promise<void> {
  await rm(fileIn(dataFolder), { force: true });
}

/** The stack that runs on this data folder; undefined when none does, whatever a crash has left there. */
export async function findRunning(dataFolder: string): Promise<RunningStack | undefined> {
  const text = await readFile(fileIn(dataFolder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const running: RunningStack = JSON.parse(text);
    process.kill(running.pid, 0);
    const health = await fetch(`${running.baseUrl}/healthz`, { signal: AbortSignal.timeout(2_000) });
    return health.ok ? running : undefined;
  } catch {
    return undefined;
  }
}
