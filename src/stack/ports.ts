import { connect, createServer } from 'node:net';

/** A port that the stack is about to use, and the setting that moves it elsewhere. */
export interface WantedPort {
  port: number;
  setting: string;
}

/** Everything listens here and nowhere else: the stack's servers know no passwords worth the name. */
const host = '127.0.0.1';

/**
 * Makes sure that every port is free before anything starts, so that nobody waits for a start that must fail.
 * @param patienceMs how long a taken port may take to become free: a stack that was just stopped, or just crashed, is
 *   still letting go of its ports
 * @throws Error that names every taken port and the setting to change
 */
export async function requireFreePorts(wanted: readonly WantedPort[], patienceMs = 3000): Promise<void> {
  const deadline = Date.now() + patienceMs;
  let taken = await takenAmong(wanted);
  while (taken.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    taken = await takenAmong(wanted);
  }
  if (taken.length === 0) return;
  throw new Error(
    taken.map(({ port, setting }) => `Port ${port} is taken: set ${setting} to another one.`).join('\n'),
  );
}

/** A port that is free now. Somebody else may take it before you do: good enough for tests, not for a service. */
export async function freePort(): Promise<number> {
  const port = await listenBriefly(0);
  if (port === undefined) throw new Error('The system has no free port to give.');
  return port;
}

/** Whether anybody accepts connections there. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function takenAmong(wanted: readonly WantedPort[]): Promise<WantedPort[]> {
  const free = await Promise.all(wanted.map(({ port }) => listenBriefly(port)));
  return wanted.filter((_, index) => free[index] === undefined);
}

/** The port that could be listened on, or undefined when it is taken (or not ours to take, like 80). */
function listenBriefly(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
