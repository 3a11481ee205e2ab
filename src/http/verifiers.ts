import { createFreshCache } from '../db/fresh-cache.ts';
import { KeygrantError } from '../domain/errors.ts';
import { mayVerify, type Person } from '../domain/people.ts';
import { personOf, tokenVerifier } from './auth.ts';
import type { App, Context } from './context.ts';

/** Gateways are few; whoever else asks is looked up each time. */
const mostKept = 1_000;

/**
 * Lets only gateways and admins ask for verdicts in this scope. As for {@link authenticate}, who they are is what the issuer
 * signed; but what is registered of them is kept for as long as `changes` vouches for it, since they ask thousands of times a
 * second.
 * @returns whether an Authorization is of somebody whom this process knows as one of them at the moment
 */
export function onlyVerifiers(
  app: App,
  { config, db, changes }: Context,
): (authorization: string | undefined) => boolean {
  const verifyToken = tokenVerifier(config.oidc);
  const people = createFreshCache<Person>('person', mostKept, changes);

  const known = (authorization: string | undefined) => {
    const subject = verifyToken.known(authorization);
    return subject === undefined ? undefined : people.get(subject);
  };
  app.addHook('onRequest', ({ headers: { authorization } }, _reply, done) => {
    const person = known(authorization);
    if (person) return done(refusal(person));
    find(authorization).then((found) => done(refusal(found)), done);
  });

  async function find(authorization: string | undefined): Promise<Person> {
    const subject = await verifyToken(authorization);
    const found = await people.read(subject, () => personOf(db, subject, config.firstAdmin));
    if (!found) throw new KeygrantError('unknown-person');
    return found;
  }

  return (authorization) => {
    const person = known(authorization);
    return person !== undefined && refusal(person) === undefined;
  };
}

function refusal(person: Person): KeygrantError | undefined {
  if (!person.enabled) return new KeygrantError('person-disabled');
  return mayVerify(person)
    ? undefined
    : new KeygrantError('forbidden', {
        en: 'This needs the role gateway or admin.',
        'zh-TW': '需要 gateway 或 admin 角色。',
      });
}
