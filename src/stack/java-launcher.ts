import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnGuarded } from './guarded.ts';
import { freePort, isListening } from './ports.ts';

const mainClass = 'io.temporal.testserver.TestServer';
const quickStart = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx256m'];
const archive = 'classes.jsa';

/**
 * A shell script that runs the Java test server the way Temporal's SDK runs a program: with a port as its argument.
 * `exec`, because the SDK ends the process that it started. The archive of classes halves the time to start; Java goes
 * on without it when it is missing or was made by another Java, and is told to keep quiet about that.
 */
export const launcher = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec java ${quickStart.join(' ')} -Xshare:auto "-XX:SharedArchiveFile=$here/${archive}" -Xlog:disable \\
  -cp "$here/lib/*" ${mainClass} "$@"
`;

const longestMs = 20_000;

/**
 * Makes that archive by running the server once; does nothing when it is there. It must be made where it is used: Java
 * compares the paths of the classes.
 * @param folder holds `lib` with all jar files
 * @param java absolute path of the program
 */
export async function archiveClasses(folder: string, java: string): Promise<void> {
  const file = join(folder, archive);
  if (existsSync(file)) return;
  const unfinished = join(folder, `${process.pid}.jsa`);
  const port = await freePort();
  const server = await spawnGuarded({
    command: java,
    args: [
      ...quickStart,
      `-XX:ArchiveClassesAtExit=${unfinished}`,
      '-Xlog:disable',
      '-cp',
      join(folder, 'lib', '*'),
      mainClass,
      String(port),
    ],
    logFile: join(folder, 'archive.log'),
  });
  const deadline = Date.now() + longestMs;
  while (!(await isListening(port)) && Date.now() < deadline) {
    await new Promise((wake) => setTimeout(wake, 50));
  }
  await server.stop();
  // Not there when Java is too old for archives.
  await rename(unfinished, file).catch(() => {});
}
