import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isListening } from '../../src/stack/ports.ts';
import { eventually } from '../support/eventually.ts';

/** Where Caddy is, on the path or where `go install` puts it; undefined where it is not. */
export function findCaddy(): string | undefined {
  return ['caddy', join(homedir(), 'go/bin/caddy')].find((path) => {
    try {
      execFileSync(path, ['version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

/** A real Caddy by the configuration that operators start from, with the addresses of a test. */
export async function startCaddy(
  caddy: string,
  { keygrant, upstream }: { keygrant: string; upstream: string },
) {
  const folder = mkdtempSync(join(tmpdir(), 'keygrant-caddy-'));
  const port = await freePort();
  const file = readFileSync(new URL('../../deploy/Caddyfile', import.meta.url), 'utf8')
    .replace(':8000', `http://127.0.0.1:${port}`)
    .replace('127.0.0.1:3000', new URL(keygrant).host)
    .replace('127.0.0.1:8080', new URL(upstream).host);
  writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tpersist_config off\n}\n${file}`);
  const child = spawn(caddy, ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`Caddy ended: ${errors}`);
    return (await isListening(port)) || undefined;
  });
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
