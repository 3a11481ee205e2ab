import { readConfig } from '../config.ts';
import { openClient } from '../temporal/connection.ts';
import { pollersOf } from '../temporal/pollers.ts';

/**
 * Whether this very worker asks Temporal for work. Its process alone says little: it bundles the workflows for some
 * seconds first. And pollers alone do not either: Temporal remembers those of the last run for minutes.
 */
export async function workerServes(
  env: Readonly<Record<string, string>>,
  pid: number | undefined,
): Promise<boolean> {
  const { temporal } = readConfig(env);
  const { client, close } = openClient(temporal);
  try {
    const pollers = await pollersOf(client, temporal.taskQueue, 'workflow');
    return pollers.some((identity) => identity.startsWith(`${pid}@`));
  } catch {
    return false;
  } finally {
    await close();
  }
}
