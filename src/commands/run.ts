import { Fault } from '../domain/faults.ts';
import type { Environment } from '../settings.ts';
import { auditCheckpoint, auditKey, auditVerify } from './audit.ts';
import { call } from './call/call.ts';
import { keysRewrap } from './keys.ts';
import { queries } from './queries.ts';
import { reconcile } from './reconcile.ts';
import { retention } from './retention.ts';
import { stuck } from './stuck.ts';
import { workerCurrent, workerRamp, workerVersions } from './worker.ts';

/** One line of help for every command. */
export const help = [
  'call METHOD TARGET --key FILE    sign a call, send it through the gateway and print the answer; call --help',
  'audit verify [--checkpoint FILE …] [--temporal]    prove the audit chain, or say in words what is wrong with it',
  'audit checkpoint    sign where the chain stands, and print the note to keep elsewhere',
  'audit key    print the public key that checks such notes',
  'retention [--dry-run]    erase now what RETENTION_YEARS lets go, or list it',
  'keys rewrap     seal every secret with the newest master key',
  'queries         what to search for in Temporal’s UI, with links to save as views',
  'reconcile [--repair]    after a restore: where PostgreSQL and Temporal do not agree, or make them',
  'stuck           what does not go on by itself, and what to do about it',
  'worker versions    list the builds of the worker, and what share of the applications each has',
  'worker ramp BUILD PERCENT    give a share of the applications to a build',
  'worker current BUILD    give every application to a build',
] as const;

/** Each takes the words after its name, and answers with the exit code: 0 for yes, 1 for no. */
const commands: Readonly<Record<string, (env: Environment, args: readonly string[]) => Promise<number>>> = {
  call,
  'audit verify': auditVerify,
  'audit checkpoint': auditCheckpoint,
  'audit key': auditKey,
  retention,
  'keys rewrap': keysRewrap,
  queries,
  reconcile,
  stuck,
  'worker versions': workerVersions,
  'worker ramp': workerRamp,
  'worker current': workerCurrent,
};

/**
 * Runs one command for callers, operators and auditors.
 * @returns the exit code: 2 where the command is unknown or could not do its work
 */
export async function run(
  words: readonly string[],
  env: Environment,
  lines: readonly string[] = help,
): Promise<number> {
  const usage = [
    'keygrant: for callers, operators and auditors',
    '',
    ...lines.map((line) => `  npm run -s keygrant -- ${line}`),
    '',
    'Settings come from the environment, as for the server; README.md lists them.',
  ].join('\n');
  const name = words.join(' ');
  if (['', 'help', '--help', '-h'].includes(name)) {
    console.log(usage);
    return 0;
  }
  const [known, command] =
    Object.entries(commands).find(([each]) => name === each || name.startsWith(`${each} `)) ?? [];
  if (known === undefined || !command) {
    console.error(`There is no command "${name}".\n\n${usage}`);
    return 2;
  }
  try {
    return await command(env, words.slice(known.split(' ').length));
  } catch (error) {
    console.error(
      error instanceof Fault
        ? `${error.message}. ${error.remedy}`
        : error instanceof Error
          ? error.message
          : error,
    );
    return 2;
  }
}
