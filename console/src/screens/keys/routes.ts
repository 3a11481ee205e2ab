import { createRoute, redirect } from '@tanstack/react-router';
import type { Schemas } from '../../api/client.ts';
import { states } from '../../i18n/en/states.ts';
import { shell } from '../../shell/route.tsx';
import { screen } from '../../shell/screen.ts';

export type KeyState = Schemas['Key']['state'];

/** What the list is narrowed to; it stands in the address, so that the way back leads to the same list. */
export interface KeySearch {
  q?: string;
  state?: KeyState;
  client?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const list = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  validateSearch: ({ q, state, client }: Record<string, unknown>): KeySearch => ({
    q: text(q),
    state: typeof state === 'string' && state in states.key ? (state as KeyState) : undefined,
    client: text(client),
  }),
  component: screen(() => import('./list.tsx'), 'KeyList'),
});

const detail = createRoute({
  getParentRoute: () => shell,
  path: '/keys/$id',
  component: screen(() => import('./detail.tsx'), 'KeyDetail'),
});

/** Where the mails about a key's last day lead. */
const renew = createRoute({
  getParentRoute: () => shell,
  path: '/keys/$id/renew',
  beforeLoad: ({ params: { id } }) => {
    throw redirect({ to: '/applications/new', search: { kind: 'update', key: id, renew: true } });
  },
});

export const keyRoutes = [list, detail, renew] as const;
