import { execFile, execFileSync } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { dirname } from 'node:path';
import { getuid, platform } from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** As whom PostgreSQL runs, and how to start a program that way. */
export interface PostgresUser {
  /** Only set when it is somebody else than this process's own user. */
  ids?: { uid: number; gid: number };
  /** Turns a command into one that runs as that user. */
  command(
    program: string,
    args: readonly string[],
  ): { command: string; args: string[]; uid?: number; gid?: number };
  /** Gives a file or folder to that user. */
  own(path: string): Promise<void>;
}

const myself: PostgresUser = {
  command: (command, args) => ({ command, args: [...args] }),
  own: async () => {},
};

/**
 * Finds the user that PostgreSQL runs as.
 *
 * That is simply this process's own, unless it is root: PostgreSQL refuses to run as root. Then it is the machine's
 * `postgres`, or else `nobody`; no user is created. Everything that PostgreSQL needs (its binaries, its data) may lie
 * below a folder that this user cannot enter, typically /root. Then it gets, if the system lets us, the one capability
 * that opens the way (Linux, `setpriv`), so that the data stays where it was asked to be.
 * @param needed absolute paths of existing files and folders that the user must get at
 * @throws Error that names the closed folder and the ways out
 */
export async function postgresUser(needed: readonly string[]): Promise<PostgresUser> {
  if (platform === 'win32' || getuid?.() !== 0) return myself;
  const { name, ...ids } = findUser();
  const plain = as(ids, (command, args) => ({ command, args: [...args], ...ids }));
  const closed = await firstClosed(plain, needed);
  if (closed === undefined) return plain;
  for (const capability of ['dac_read_search', 'dac_override']) {
    const opened = as(ids, (program, args) => ({
      command: 'setpriv',
      args: [
        `--reuid=${ids.uid}`,
        `--regid=${ids.gid}`,
        '--clear-groups',
        `--inh-caps=+${capability}`,
        `--ambient-caps=+${capability}`,
        // Without this, access(2), by which initdb looks for its sibling, ignores capabilities.
        '--securebits=+no_setuid_fixup',
        '--',
        program,
        ...args,
      ],
    }));
    if ((await firstClosed(opened, needed)) === undefined) return opened;
  }
  throw new Error(
    `PostgreSQL refuses to run as root, and the user it would run as instead ("${name}") cannot get at ${closed}. ` +
      'Any of these helps: start as an ordinary user; move this project out of the closed folder; open the folder ' +
      'for passing through (chmod o+x); or point DATABASE_URL at a PostgreSQL of your own.',
  );
}

function as(ids: { uid: number; gid: number }, command: PostgresUser['command']): PostgresUser {
  return { ids, command, own: (path) => chown(path, ids.uid, ids.gid) };
}

function findUser(): { name: string; uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { name, uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user: try the next.
    }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and this machine has neither a user "postgres" nor "nobody" for it. ' +
      'Start as an ordinary user, or point DATABASE_URL at a PostgreSQL of your own.',
  );
}

/** The first folder on the way to any of the paths that the user cannot enter, or the path itself. */
async function firstClosed(user: PostgresUser, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await canUse(user, path)) continue;
    const way = [path];
    while (way[0] !== dirname(way[0]!)) way.unshift(dirname(way[0]!));
    for (const step of way) if (!(await canUse(user, step))) return step;
  }
  return undefined;
}

/** Tried as that user rather than computed from modes: access lists, capabilities and mounts have their say too. */
function canUse(user: PostgresUser, path: string): Promise<boolean> {
  const { command, args, ...ids } = user.command('/bin/sh', ['-c', 'test -x "$1"', 'sh', path]);
  return run(command, args, { ...ids, cwd: '/' }).then(
    () => true,
    () => false,
  );
}
