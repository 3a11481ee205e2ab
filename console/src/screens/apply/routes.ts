import { createRoute } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';
import { screen } from '../../shell/screen.ts';

export interface Wish {
  /** What is asked for; a new key where it is left out. */
  kind?: 'update' | 'revoke' | undefined;
  /** The key that it is about. */
  key?: string | undefined;
  /** Whether a later expiry date is what it is mainly for. */
  renew?: true | undefined;
}

/** Around both addresses, so that a form goes on as it is when its draft gets an address of its own. */
const apply = createRoute({
  getParentRoute: () => shell,
  id: 'apply',
  component: screen(() => import('./apply.tsx'), 'Apply'),
});

const begin = createRoute({
  getParentRoute: () => apply,
  path: '/applications/new',
  validateSearch: ({ kind, key, renew }: Record<string, unknown>): Wish => ({
    kind: kind === 'update' || kind === 'revoke' ? kind : undefined,
    key: typeof key === 'string' ? key : undefined,
    renew: renew === true ? true : undefined,
  }),
});

const edit = createRoute({ getParentRoute: () => apply, path: '/applications/$id/edit' });

export const applyRoutes = [apply.addChildren([begin, edit])] as const;

/** Where an application is looked at. */
export const detail = '/applications/$id';
