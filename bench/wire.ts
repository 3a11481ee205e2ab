import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** What went to PostgreSQL. */
export interface Counted {
  /** How often the sender waited for an answer. */
  roundTrips: number;
  /** The text of each statement, in order; `begin` and `commit` are some. */
  statements: string[];
}

/**
 * Stands between a process and PostgreSQL and counts by the protocol itself (PostgreSQL documentation, 54.7): after Query,
 * Sync and Flush a sender waits for what comes back.
 * @returns where to connect instead, and what was counted since the last look
 */
export async function countedWire(databaseUrl: string) {
  const url = new URL(databaseUrl);
  let counted: Counted = { roundTrips: 0, statements: [] };
  const server = createServer((client) => {
    const upstream = connect(Number(url.port), url.hostname);
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    const read = messages();
    const named = new Map<string, string>();
    client.on('data', (data) => {
      for (const { type, body } of read(data)) count(counted, named, type, body);
      upstream.write(data);
    });
    upstream.on('data', (data) => client.write(data));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const through = new URL(databaseUrl);
  through.hostname = '127.0.0.1';
  through.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: through.href,
    take(): Counted {
      const taken = counted;
      counted = { roundTrips: 0, statements: [] };
      return taken;
    },
    stop: () => server.close(),
  };
}

/** @param named the connection's prepared statements by name; '' is the one that is not kept */
function count(counted: Counted, named: Map<string, string>, type: string, body: Buffer): void {
  if (type === 'Q' || type === 'S' || type === 'H') counted.roundTrips += 1;
  if (type === 'Q') counted.statements.push(textAt(body, 0));
  // A statement that is executed; its text was sent when it was prepared, now or earlier.
  if (type === 'P') named.set(textAt(body, 0), textAt(body, body.indexOf(0) + 1));
  if (type === 'B') counted.statements.push(named.get(textAt(body, body.indexOf(0) + 1)) ?? '?');
}

const textAt = (body: Buffer, start: number) => body.toString('utf8', start, body.indexOf(0, start));

/** Cuts a stream of one connection into messages; the start-up message, the first, has no type. */
function messages() {
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  return (data: Buffer | string): { type: string; body: Buffer }[] => {
    rest = Buffer.concat([rest, Buffer.from(data)]);
    const found: { type: string; body: Buffer }[] = [];
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return found;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return found;
      if (started) found.push({ type: String.fromCharCode(rest[0] ?? 0), body: rest.subarray(5, length) });
      started = true;
      rest = rest.subarray(length);
    }
  };
}
