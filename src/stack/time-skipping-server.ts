import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { firstThatWorks } from './attempts.ts';
import { cached } from './cache.ts';
import { archiveClasses, launcher } from './java-launcher.ts';
import { findProgram, runProgram, whileSaying } from './programs.ts';
import { sdkDownload } from './sdk-download.ts';
import type { FindOptions } from './temporal-binary.ts';

/** What `TestWorkflowEnvironment.createTimeSkipping({ server: { executable } })` takes. */
export interface TimeSkippingServer {
  type: 'existing-path';
  path: string;
}

const version = '1.38.0';

/** Change it to have everybody fetch the server anew. */
const entry = 'time-skipping-server-1';

const project = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>time-skipping-server</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${version}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
`;

/**
 * Finds Temporal's test server, on which a year passes in a second: in the cache, by the SDK's own download, or as a
 * Java program from Maven's repository.
 * @throws Error that lists all these ways, why each failed, and what would help
 */
export async function findTimeSkippingServer({
  path,
  cacheFolder,
  say,
}: FindOptions): Promise<TimeSkippingServer> {
  const java = await findProgram('java', path);
  const make = (folder: string) =>
    firstThatWorks(
      'the time-skipping test server',
      [
        { way: "download by Temporal's SDK", run: () => download(folder, say) },
        {
          way: `io.temporal:temporal-test-server:${version} by Maven`,
          run: () => assemble(folder, path, say),
        },
      ],
      [`the cache: no ${join(cacheFolder, entry)}`],
      [
        "allow downloads, so that Temporal's SDK can fetch it",
        'install Java 11 or later and Maven 3, with access to a repository, to assemble it from its parts',
      ],
    );
  const folder = await cached({ cacheFolder, name: entry, say, make });
  if (existsSync(join(folder, 'lib'))) {
    if (!java)
      throw new Error(`The time-skipping test server in ${folder} needs \`java\` on PATH: install Java.`);
    await archiveClasses(folder, java);
  }
  return { type: 'existing-path', path: join(folder, 'server') };
}

function download(folder: string, say: FindOptions['say']): Promise<void> {
  const work = sdkDownload('time-skipping', folder, 'server');
  return whileSaying(say, 'Downloading the time-skipping test server, once …', work);
}

async function assemble(folder: string, path: string, say: FindOptions['say']): Promise<void> {
  const maven = await findProgram('mvn', path);
  if (!maven) throw new Error('`mvn` is not on PATH');
  if (!(await findProgram('java', path))) throw new Error('`java` is not on PATH');
  const pom = join(folder, 'pom.xml');
  await writeFile(pom, project);
  const goal = [
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${join(folder, 'lib')}`,
  ];
  await whileSaying(
    say,
    'Fetching the time-skipping test server with Maven, about fifteen seconds, once …',
    runProgram('/usr/bin/env', [`PATH=${path}`, maven, '-q', '-B', '-f', pom, ...goal], { cwd: folder }),
  );
  await rm(pom);
  await writeFile(join(folder, 'server'), launcher, { mode: 0o755 });
}
