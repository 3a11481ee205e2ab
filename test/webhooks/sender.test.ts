import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { createSender } from '../../src/webhooks/sender.ts';
import { startReceiver } from '../support/receiver.ts';

const loopback = { plain: true, private: true };
const sender = createSender(loopback);
const receiver = await startReceiver();

/** A server that says what it likes, byte by byte, and keeps the connections that it was sent. */
async function rawServer(speak: (socket: Socket) => void) {
  const server = createTcpServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => speak(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('only 2xx is a yes, and redirects are answers, not ways', async () => {
  for (const [status, words] of [
    [200, 'HTTP 200'],
    [204, 'HTTP 204'],
    [302, 'HTTP 302: redirects are not followed'],
    [307, 'HTTP 307: redirects are not followed'],
    [404, 'HTTP 404'],
    [410, 'HTTP 410'],
    [500, 'HTTP 500'],
  ] as const) {
    receiver.answer((response) =>
      response.writeHead(status, { location: `${receiver.url}/elsewhere` }).end(),
    );
    expect(await sender.post(`${receiver.url}/${status}`, {}, '{}')).toEqual({ status, words });
  }
  expect(receiver.at('/elsewhere')).toEqual([]);
});

test('a receiver can ask for time, by seconds or by a date', async () => {
  receiver.answer((response) => response.writeHead(503, { 'retry-after': '120' }).end());
  expect(await sender.post(receiver.url, {}, '{}')).toMatchObject({ status: 503, retryAfterMs: 120_000 });
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
  receiver.answer((response) => response.writeHead(429, { 'retry-after': inAnHour }).end());
  const { retryAfterMs = 0 } = await sender.post(receiver.url, {}, '{}');
  expect(Math.round(retryAfterMs / 60_000)).toBe(60);
  receiver.answer((response) => response.writeHead(503, { 'retry-after': 'soon' }).end());
  expect(await sender.post(receiver.url, {}, '{}')).toEqual({ status: 503, words: 'HTTP 503' });
});

test('a receiver that never stops talking, talks nonsense or hangs up costs one short answer each', async () => {
  const endless = await rawServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n');
    const more = setInterval(() => socket.write('a'.repeat(65_536)), 1);
    socket.on('close', () => clearInterval(more));
  });
  expect(await sender.post(endless, {}, '{}')).toEqual({ status: 200, words: 'HTTP 200' });
  const headers = await rawServer((socket) =>
    socket.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`),
  );
  expect(await sender.post(headers, {}, '{}')).toEqual({ words: 'no answer: HPE_HEADER_OVERFLOW' });
  const nonsense = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9 secret banner\r\n'));
  expect(await sender.post(nonsense, {}, '{}')).toEqual({ words: expect.stringMatching(/^no answer: HPE_/) });
  const gone = await rawServer((socket) => socket.destroy());
  expect(await sender.post(gone, {}, '{}')).toEqual({ words: 'no answer: ECONNRESET' });
  const early = await rawServer((socket) =>
    socket.write('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'),
  );
  expect(await sender.post(early, {}, '{}')).toMatchObject({ status: 200 });
});

test('an attempt that is called off from outside is no answer', async () => {
  const silent = await rawServer(() => {});
  const stop = new AbortController();
  const attempt = sender.post(silent, {}, '{}', stop.signal);
  stop.abort();
  await expect(attempt).rejects.toThrow();
});

test('the connection goes to the address that was vetted, whatever the name says a moment later', async () => {
  receiver.answer((response) => response.writeHead(204).end());
  const asked: string[] = [];
  // First the receiver; from then on an address where nobody is.
  const rebinding = async (hostname: string) => {
    asked.push(hostname);
    return [{ address: asked.length === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
  };
  const url = `http://portal.example.com:${receiver.port}/rebound`;
  expect(await createSender(loopback, rebinding).post(url, {}, '{}')).toMatchObject({ status: 204 });
  expect(asked).toEqual(['portal.example.com']);
  const [received] = receiver.at('/rebound');
  expect(received?.headers.host).toBe(`portal.example.com:${receiver.port}`);

  // The same the other way round: public when it was registered, private when it is sent to.
  const strict = createSender({ plain: true, private: false }, async () => [
    { address: '127.0.0.1', family: 4 },
  ]);
  expect(await strict.post(url, {}, '{}')).toEqual({ words: 'Its address is not on the public Internet.' });
  expect(receiver.at('/rebound')).toHaveLength(1);
});

test('over TLS the certificate must be that of the name, and the name is told, not the address', async ({
  skip,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'keygrant-tls-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const how =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=portal.example.com';
  const what = ['-addext', 'subjectAltName=DNS:portal.example.com', '-keyout', key, '-out', cert];
  const made = spawnSync('openssl', [...how.split(' '), ...what]);
  if (made.error) skip('needs openssl');
  const names: unknown[] = [];
  const server = createTlsServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (request, response) => {
      names.push([(request.socket as { servername?: string }).servername, request.headers.host]);
      response.writeHead(204).end();
    },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => server.close());
  const { port } = server.address() as AddressInfo;

  // In a process of its own, since which authorities Node trusts is settled at its start.
  const sources = fileURLToPath(new URL('../../src/webhooks/sender.ts', import.meta.url));
  const post = async (host: string, env: Record<string, string>) => {
    const code = `import { createSender } from ${JSON.stringify(sources)};
      const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
      const sender = createSender({ plain: false, private: true }, lookup);
      console.log(JSON.stringify(await sender.post('https://${host}:${port}/', {}, '{}')));`;
    const words = ['--import', 'tsx', '--input-type=module', '--eval', code];
    const { stdout } = await promisify(execFile)(process.execPath, words, {
      env: { PATH: process.env['PATH'], ...env },
    });
    return JSON.parse(stdout);
  };
  const trusted = { NODE_EXTRA_CA_CERTS: cert };
  expect(await post('portal.example.com', {})).toEqual({ words: 'no answer: DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(await post('other.example.com', trusted)).toEqual({
    words: 'no answer: ERR_TLS_CERT_ALTNAME_INVALID',
  });
  expect(names).toEqual([]);
  expect(await post('portal.example.com', trusted)).toEqual({ status: 204, words: 'HTTP 204' });
  expect(names).toEqual([['portal.example.com', `portal.example.com:${port}`]]);
});
