import type { Environment } from '../settings.ts';
import { auditVerify } from './audit.ts';
import { keysRewrap } from './keys.ts';

/** One line of help for every command. */
export const help = [
  'audit verify    prove the audit chain, or name the first broken row',
  'keys rewrap     seal every secret with the newest master key',
] as const;

/** Each answers with the exit code: 0 for yes, 1 for no. */
const commands: Readonly<Record<string, (env: Environment) => Promise<number>>> = {
  'audit verify': auditVerify,
  'keys rewrap': keysRewrap,
};

/**
 * Runs one command for operators and auditors.
 * @returns the exit code: 2 where the command is unknown or could not do its work
 */
export async function run(
  words: readonly string[],
  env: Environment,
  lines: readonly string[] = help,
): Promise<number> {
  const usage = [
    'keygrant: for operators and auditors',
    '',
    ...lines.map((line) => `  npm run -s keygrant -- ${line}`),
    '',
    'Settings come from the environment, as for the server; README.md lists them.',
  ].join('\n');
  const name = words.join(' ');
  if (name === '' || name === 'help') {
    console.log(usage);
    return 0;
  }
  const command = commands[name];
  if (!command) {
    console.error(`There is no command "${name}".\n\n${usage}`);
    return 2;
  }
  try {
    return await command(env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
}
