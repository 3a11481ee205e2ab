import type { RunningStack } from './kept.ts';
import { people, portal } from './seed.ts';
import { portalToken, signIn } from './sign-in.ts';

/**
 * Signs somebody in at the running stack and prints the access token, for curl.
 * @returns the exit code
 */
export async function printToken(
  running: RunningStack | undefined,
  person: string | undefined,
): Promise<number> {
  if (!running) {
    console.error('Keygrant is not running here; start it with `npm start`.');
    return 1;
  }
  const { issuer } = running;
  const ids: readonly string[] = people.map(({ id }) => id);
  if (person === undefined || ![...ids, portal.id].includes(person)) {
    console.error(`Whose? One of ${[...ids, portal.id].join(', ')}.`);
    return 1;
  }
  console.log(await (person === portal.id ? portalToken({ issuer, ...portal }) : signIn({ issuer, person })));
  return 0;
}
