import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/stack/ports.ts';
import { eventually } from '../support/eventually.ts';

/** Where nginx is; undefined where it is not. */
export function findNginx(): string | undefined {
  for (const path of ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx']) {
    try {
      execFileSync(path, ['-v'], { stdio: 'ignore' });
      return path;
    } catch {
      // Not there.
    }
  }
  return undefined;
}

/** The configuration that operators start from, with the addresses of a test. */
const locations = (keygrant: string, upstream: string) =>
  readFileSync(new URL('../../deploy/nginx.conf', import.meta.url), 'utf8')
    .replace('http://127.0.0.1:8080', upstream)
    .replace('http://127.0.0.1:3000', keygrant);

/** A real nginx in front of an upstream, which asks Keygrant before it passes a call on. */
export async function startNginx(
  nginx: string,
  { keygrant, upstream }: { keygrant: string; upstream: string },
) {
  const folder = mkdtempSync(join(tmpdir(), 'keygrant-nginx-'));
  const port = await freePort();
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr error;
events {}
http {
  access_log off; ${paths.join(' ')}
  server {
  listen 127.0.0.1:${port};
  ${locations(keygrant, upstream)}
  }
}`,
  );
  const child = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
    stdio: 'pipe',
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${errors}`);
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => undefined,
    );
    socket.destroy();
    return isOpen;
  });
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGQUIT');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
