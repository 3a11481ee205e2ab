import { auditVerify } from './commands/audit.ts';
import { keysRewrap } from './commands/keys.ts';

const usage = `keygrant: for operators and auditors

  npm run -s keygrant -- audit verify    prove the audit chain, or name the first broken row
  npm run -s keygrant -- keys rewrap     seal every secret with the newest master key

Settings come from the environment, as for the server; README.md lists them.`;

/** Each command answers with the exit code: 0 for yes, 1 for no. */
const commands: Readonly<Record<string, () => Promise<number>>> = {
  'audit verify': auditVerify,
  'keys rewrap': keysRewrap,
};

const name = process.argv.slice(2).join(' ');
const command = commands[name];
if (!command) {
  console.error(name === '' || name === 'help' ? usage : `There is no command "${name}".\n\n${usage}`);
  process.exit(name === '' || name === 'help' ? 0 : 2);
}
try {
  process.exit(await command());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
