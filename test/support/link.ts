import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** A cable to a server, for the length of a file. What is sent through it can be held up, and lost with the cable. */
export async function layLink(address: string) {
  const [host, port] = address.split(':');
  const ends = new Map<Socket, Socket>();
  let plugged = true;
  const server = createServer((client) => {
    if (!plugged) return void client.destroy();
    const upstream = connect(Number(port), host);
    ends.set(client, upstream);
    for (const [end, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      end.on('error', () => end.destroy()).on('close', () => other.destroy());
      end.pipe(other);
    }
    client.on('close', () => ends.delete(client));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const link = {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** From now on nothing arrives of what is sent through the present connections. */
    hold(): void {
      for (const [client, upstream] of ends) client.unpipe(upstream).pause();
    },
    /** Ends the present connections; what was held is lost. New ones can be made. */
    cut(): void {
      for (const [client, upstream] of ends) for (const end of [client, upstream]) end.destroy();
    },
    /** Ends the present connections, and lets nobody make new ones until it is plugged in again. */
    unplug(): void {
      plugged = false;
      link.cut();
    },
    plug: () => void (plugged = true),
  };
  afterAll(() => {
    link.cut();
    server.close();
  });
  return link;
}
