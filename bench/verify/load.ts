import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';

// The load: connections that each send a request, wait for its whole answer, and send the next. Requests are made before, as
// text, and of an answer only its status and its end are looked for, so that the generator takes a fraction of what it measures.

/** What the driver asks of this process. */
export interface Work {
  port: number;
  /** A JSON array of requests as they go over the wire; they are sent in turn. */
  requestsFile: string;
  connections: number;
  seconds: number;
  /** What every answer must hold. */
  expected: string;
}

/** What it answers with. */
export interface Loaded {
  perSecond: number;
  /** Microseconds. */
  p50: number;
  p99: number;
  failed: number;
  /** One answer that was not as expected. */
  failure?: string | undefined;
}

const files = new Map<string, Buffer[]>();

async function requestsOf(file: string): Promise<Buffer[]> {
  const known = files.get(file);
  if (known) return known;
  const requests = (JSON.parse(await readFile(file, 'utf8')) as string[]).map((each) => Buffer.from(each));
  files.set(file, requests);
  return requests;
}

async function load({ port, requestsFile, connections, seconds, expected }: Work): Promise<Loaded> {
  const requests = await requestsOf(requestsFile);
  const latencies: number[] = [];
  let next = 0;
  let failed = 0;
  let failure: string | undefined;
  const end = performance.now() + seconds * 1_000;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sentAt = 0;
      let answer = '';
      const send = () => {
        answer = '';
        sentAt = performance.now();
        socket.write(requests[next++ % requests.length] as Buffer);
      };
      socket.on('connect', send);
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1');
        if (!isWhole(answer)) return;
        const now = performance.now();
        latencies.push(now - sentAt);
        if (!answer.startsWith('HTTP/1.1 200') || !answer.includes(expected)) {
          failed += 1;
          failure ??= answer;
        }
        if (now < end) send();
        else socket.end();
      });
      socket.on('close', () => resolve());
      socket.on('error', reject);
    });
  const begun = performance.now();
  await Promise.all(Array.from({ length: connections }, one));
  const took = (performance.now() - begun) / 1_000;
  const sorted = Float64Array.from(latencies).toSorted();
  const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN) * 1_000;
  return { perSecond: latencies.length / took, p50: at(0.5), p99: at(0.99), failed, failure };
}

/** Whether an answer is all there: by its Content-Length, or its last chunk. */
function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const at = answer.search(/\r\ncontent-length: /i);
  if (at !== -1 && at < head)
    return answer.length >= head + 4 + Number.parseInt(answer.slice(at + 18, at + 30), 10);
  return answer.endsWith('0\r\n\r\n');
}

process.on('message', (work: Work) => {
  load(work).then(
    (loaded) => process.send?.(loaded),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
process.send?.('up');
