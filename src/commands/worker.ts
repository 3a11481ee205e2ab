import { readConfig } from '../config.ts';
import type { Environment } from '../settings.ts';
import { openClient } from '../temporal/connection.ts';
import { createVersions } from '../temporal/versions.ts';

/** Lists the builds of the worker and what share of the applications runs on each. */
export function workerVersions(env: Environment): Promise<number> {
  return withVersions(env, async (versions) => {
    for (const { buildId, share, firstSeen } of await versions.list()) {
      console.log(`${buildId}: ${share} % of the applications; first seen ${firstSeen?.toISOString()}`);
    }
  });
}

/** Gives every application, open or new, to a build. Gives them back, too: an older build is as good a word. */
export function workerCurrent(env: Environment, [buildId, ...more]: readonly string[]): Promise<number> {
  if (!buildId || more.length > 0) throw new Error('usage: worker current BUILD');
  return withVersions(env, async (versions) => {
    await versions.makeCurrent(buildId);
    console.log(
      `Every application runs on build ${buildId} from its next step on. Older workers may be stopped.`,
    );
  });
}

/** Gives a share of the applications to a build, to see how it does. */
export function workerRamp(
  env: Environment,
  [buildId, percent, ...more]: readonly string[],
): Promise<number> {
  if (!buildId || !/^(?:\d{1,2}|100)$/.test(percent ?? '') || more.length > 0)
    throw new Error('usage: worker ramp BUILD PERCENT, from 0 to 100');
  return withVersions(env, async (versions) => {
    await versions.ramp(buildId, Number(percent));
    console.log(`${percent} % of the applications run on build ${buildId} from their next step on.`);
  });
}

async function withVersions(
  env: Environment,
  work: (versions: ReturnType<typeof createVersions>) => Promise<void>,
): Promise<number> {
  const { temporal } = readConfig(env);
  const { client, close } = openClient(temporal);
  try {
    await client.connection.withDeadline(Date.now() + 30_000, () =>
      work(createVersions(client, temporal.deploymentName)),
    );
    return 0;
  } finally {
    await close();
  }
}
