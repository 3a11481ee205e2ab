// Runs one server and outlives whoever asked for it just long enough to stop that server.
//
// An operating system does not end a process's children when the process dies, least of all by SIGKILL. But it does
// close the dead process's pipes. So: stdin is a pipe from the parent that carries nothing, and when it closes, by
// intent or by death, the server is asked to stop (SIGINT) and, if it will not within ten seconds, killed.
//
// Plain JavaScript, because it must start fast and without the TypeScript loader.
// argv[2] is JSON: {command, args, cwd?, uid?, gid?}. stdout gets one line of JSON, {pid} or {error}; stderr is the
// server's log. Exits with the server's own code, or 128 + the number of the signal that ended it.
import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';
import { constants } from 'node:os';

const patienceMs = 10_000;
const { command, args, ...options } = JSON.parse(process.argv[2]);

/** The parent may be dead already: then nobody reads the line, and closing stdin has told us so. */
function tellParent(message) {
  try {
    writeSync(1, `${JSON.stringify(message)}\n`);
  } catch {
    // Broken pipe.
  }
}

const server = spawn(command, args, { ...options, stdio: ['ignore', 2, 2] });

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGKILL'), patienceMs).unref();
}

server.on('spawn', () => tellParent({ pid: server.pid }));
server.on('error', (error) => {
  tellParent({ error: error.message });
  process.exit(127);
});
server.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));

process.stdin.on('close', stop).on('error', stop).resume();
// A terminal that closes, or somebody who kills the guardian, means the server too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
