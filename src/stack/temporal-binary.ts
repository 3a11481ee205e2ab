import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { firstThatWorks } from './attempts.ts';
import { cached } from './cache.ts';
import { findProgram, runProgram, whileSaying } from './programs.ts';
import { sdkDownload } from './sdk-download.ts';

/** Where to look for servers and build tools, and where to keep what was fetched. */
export interface FindOptions {
  /** Folders with programs, as in the environment's PATH. */
  path: string;
  /** Kept between projects and runs, e.g. ~/.cache/keygrant. */
  cacheFolder: string;
  /** Prints a line of progress. */
  say: (line: string) => void;
}

/** Later versions cannot be installed by `go install`: their go.mod replaces a module by a folder. */
const source = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

/** Change it to have everybody fetch the server anew. */
const entry = 'temporal-1';

/**
 * Finds the `temporal` program: on PATH, in the cache, by the SDK's own download, or built from source with Go.
 * @returns its absolute path
 * @throws Error that lists all these ways, why each failed, and what would help
 */
export async function findTemporal({ path, cacheFolder, say }: FindOptions): Promise<string> {
  const installed = await findProgram('temporal', path);
  const version = installed && (await runProgram(installed, ['--version']).catch(String));
  // There may be other programs of that name: this one tells which server it brings along.
  if (installed && version?.includes('Server')) return installed;

  const make = (folder: string) =>
    firstThatWorks(
      'a Temporal server',
      [
        { way: "download by Temporal's SDK", run: () => download(folder, say) },
        { way: `go install ${source}`, run: () => build(folder, path, say) },
      ],
      [
        `\`temporal\` on PATH: ${installed ? `${installed} is not Temporal's program` : 'not there'}`,
        `the cache: no ${join(cacheFolder, entry)}`,
      ],
      [
        'install the Temporal CLI, so that `temporal` is on PATH',
        'install Go 1.25 or later, with access to a module proxy (GOPROXY), to build it from source',
        'set TEMPORAL_ADDRESS to a Temporal server that runs already',
      ],
    );
  return join(await cached({ cacheFolder, name: entry, say, make }), 'temporal');
}

function download(folder: string, say: FindOptions['say']): Promise<void> {
  return whileSaying(
    say,
    'Downloading the Temporal server, once …',
    sdkDownload('dev-server', folder, 'temporal'),
  );
}

async function build(folder: string, path: string, say: FindOptions['say']): Promise<void> {
  const go = await findProgram('go', path);
  if (!go) throw new Error('`go` is not on PATH');
  const bin = join(folder, 'bin');
  await whileSaying(
    say,
    'Building the Temporal server from source, about three minutes, once …',
    // Without its debugging symbols it is a sixth smaller.
    runProgram('/usr/bin/env', [`PATH=${path}`, `GOBIN=${bin}`, go, 'install', '-ldflags=-s -w', source]),
  );
  await rename(join(bin, 'temporal'), join(folder, 'temporal'));
  await rm(bin, { recursive: true });
}
