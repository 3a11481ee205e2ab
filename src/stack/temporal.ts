import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { logTail, spawnGuarded } from './guarded.ts';
import { isListening } from './ports.ts';

/** The types of search attributes that a Temporal server knows. */
type SearchAttributeType = 'Keyword' | 'KeywordList' | 'Text' | 'Int' | 'Double' | 'Bool' | 'Datetime';

/** Where the embedded Temporal server listens and keeps its data. */
export interface TemporalOptions {
  /** The `temporal` program; see findTemporal. */
  binary: string;
  port: number;
  /** Port of the Web UI; without it there is none. */
  uiPort?: number;
  /** Where the Web UI has payloads decoded. */
  codecEndpoint?: string;
  /** SQLite file, made when missing; without it everything is gone at the end. */
  databaseFile?: string;
  logFile: string;
  /** Registered at every start; names that are known already are left alone. */
  searchAttributes?: Readonly<Record<string, SearchAttributeType>>;
  /** Longest wait until it serves. Default: 30 seconds. */
  timeoutMs?: number;
}

/** A running Temporal server with the namespace `default`. */
export interface RunningTemporal {
  /** host:port for clients and workers. */
  address: string;
  /** Address of the Web UI in a browser, when there is one. */
  uiUrl?: string;
  pid: number;
  /** Resolves when the server has ended, whatever the reason. */
  exited: Promise<number>;
  stop(): Promise<void>;
}

const ip = '127.0.0.1';

/** Measured: with SQLite's own defaults, a file carries a third of the workflows per second. */
const pragmas = ['--sqlite-pragma=journal_mode=wal', '--sqlite-pragma=synchronous=NORMAL'];

/**
 * Starts Temporal's development server and resolves when it serves. It has no authentication, so it listens on
 * 127.0.0.1 only. It ends with this process, however that ends.
 * @throws Error with the end of the server's log when it does not start
 */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const { binary, port, uiPort, logFile, timeoutMs = 30_000 } = options;
  const databaseFile = options.databaseFile && resolve(options.databaseFile);
  if (databaseFile) await mkdir(dirname(databaseFile), { recursive: true });
  const server = await spawnGuarded({
    command: binary,
    args: [
      'server',
      'start-dev',
      `--ip=${ip}`,
      `--port=${port}`,
      '--log-level=error',
      uiPort === undefined ? '--headless' : `--ui-port=${uiPort}`,
      ...(options.codecEndpoint ? [`--ui-codec-endpoint=${options.codecEndpoint}`] : []),
      ...(databaseFile ? [`--db-filename=${databaseFile}`, ...pragmas] : []),
      ...Object.entries(options.searchAttributes ?? {}).map(
        ([name, type]) => `--search-attribute=${name}=${type}`,
      ),
    ],
    logFile,
  });
  const address = `${ip}:${port}`;
  let ended = false;
  void server.exited.then(() => (ended = true));
  const deadline = Date.now() + timeoutMs;
  // The port is asked first: a gRPC client that finds nobody there backs off for longer than the server takes.
  while (!((await isListening(port)) && (await serves(address)))) {
    if (ended || Date.now() > deadline) {
      await server.stop();
      throw new Error(`The Temporal server did not start. The end of ${logFile}:\n${await logTail(logFile)}`);
    }
    await new Promise((wake) => setTimeout(wake, 25));
  }
  return {
    address,
    ...(uiPort !== undefined && { uiUrl: `http://${ip}:${uiPort}` }),
    pid: server.pid,
    exited: server.exited,
    stop: () => server.stop(),
  };
}

async function serves(address: string): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + 1000, () =>
      connection.workflowService.describeNamespace({ namespace: 'default' }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
