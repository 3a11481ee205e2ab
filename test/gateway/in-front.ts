import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isListening } from '../../src/stack/ports.ts';
import { eventually } from '../support/eventually.ts';

/** The first of some programs that runs; undefined where none does. */
export function findProgram(paths: readonly string[], words: readonly string[]): string | undefined {
  return paths.find((path) => {
    try {
      execFileSync(path, words, { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/** Where `go install` puts programs. */
export const goBin = join(homedir(), 'go/bin');

/** A proxy in front of an upstream, which asks Keygrant before it passes a call on. */
interface Proxy {
  program: string;
  /** In `deploy/`: what operators start from. */
  configuration: string;
  /** The configuration with the addresses of a test. */
  adapt: (text: string, port: number) => string;
  words: (file: string) => string[];
}

/** Starts a real proxy by the configuration that operators start from. */
export async function startProxy({ program, configuration, adapt, words }: Proxy) {
  const folder = mkdtempSync(join(tmpdir(), 'keygrant-proxy-'));
  const port = await freePort();
  const text = readFileSync(new URL(`../../deploy/${configuration}`, import.meta.url), 'utf8');
  const file = join(folder, configuration);
  writeFileSync(file, adapt(text, port));
  const child = spawn(program, words(file), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: folder },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${errors}`);
    return (await isListening(port)) || undefined;
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    /** Sends a call as it stands: `fetch` would tidy its path up. Answers with the status. */
    call: async (
      path: string,
      headers: Record<string, string>,
      method = 'GET',
      body = '',
    ): Promise<number> => {
      const sent = request(baseUrl, { path, method, headers });
      sent.end(body);
      const [response] = await once(sent, 'response');
      response.resume();
      return response.statusCode;
    },
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
