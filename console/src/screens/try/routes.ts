import { createRoute } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';
import { screen } from '../../shell/screen.ts';

/** What is tried; it stands in the address, so that a key's page can lead here. The secret never does. */
interface TrySearch {
  key?: string;
  api?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const tryIt = createRoute({
  getParentRoute: () => shell,
  path: '/try',
  validateSearch: ({ key, api }: Record<string, unknown>): TrySearch => ({ key: text(key), api: text(api) }),
  component: screen(() => import('./try-it.tsx'), 'TryIt'),
});

export const tryRoutes = [tryIt] as const;
