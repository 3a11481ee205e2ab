import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** As the README tells to configure it, but for the addresses. */
const locations = (keygrant: string, upstream: string) => `
  location / {
    auth_request /keygrant;
    auth_request_set $keygrant_status $upstream_status;
    auth_request_set $keygrant_key $upstream_http_x_keygrant_key;
    auth_request_set $keygrant_client $upstream_http_x_keygrant_client;
    error_page 500 = @refused;
    proxy_set_header X-Keygrant-Key $keygrant_key;
    proxy_set_header X-Keygrant-Client $keygrant_client;
    proxy_set_header Authorization "";
    proxy_pass ${upstream};
  }
  location = /keygrant {
    internal;
    proxy_pass ${keygrant}/v1/forward-auth;
    proxy_method GET;
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
    proxy_set_header X-Original-Method $request_method;
    proxy_set_header X-Original-URI $request_uri;
    proxy_set_header X-Forwarded-Method "";
    proxy_set_header X-Forwarded-Uri "";
  }
  location @refused {
    if ($keygrant_status = 429) { return 429; }
    return 502;
  }`;

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
