import { createContext, type ReactNode, use } from 'react';
import { Failed, Skeleton } from '../components/outcomes.tsx';
import { Welcome } from '../shell/welcome.tsx';
import { api, type Schemas } from './client.ts';
import { ProblemError } from './problem.ts';

type Session = Schemas['Session'];

const Current = createContext<Session | undefined>(undefined);

/** Who is signed in, and how this service is set up. */
export function useSession(): Session {
  const session = use(Current);
  if (!session) throw new Error('there is no SignedIn around this');
  return session;
}

/** Whether the person who is signed in holds one of these roles. Only shows less; the API decides. */
export function useHasRole(...roles: string[]): boolean {
  const { person } = useSession();
  return person.roles.some((role) => roles.includes(role));
}

/** Shows what is inside to who is signed in, and the way in to everybody else. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { data, error, refetch } = api.useQuery(
    'get',
    '/v1/session',
    {},
    { staleTime: 60_000, retry: false },
  );
  if (data) return <Current value={data}>{children}</Current>;
  if (!error) return <Skeleton />;
  if (error instanceof ProblemError && error.status === 401) return <Welcome />;
  return (
    <main>
      <h1 className="visually-hidden">Keygrant</h1>
      <Failed error={error} retry={refetch} />
    </main>
  );
}
