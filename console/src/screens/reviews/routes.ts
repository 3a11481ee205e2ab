import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/reviews',
  component: lazyRouteComponent(() => import('./inbox.tsx'), 'ReviewInbox'),
});

const delegations = createRoute({
  getParentRoute: () => shell,
  path: '/reviews/delegations',
  component: lazyRouteComponent(() => import('./delegations.tsx'), 'Delegations'),
});

/** Where the mails that ask for a decision lead. */
const decision = createRoute({
  getParentRoute: () => shell,
  path: '/reviews/$id',
  component: lazyRouteComponent(() => import('./decision.tsx'), 'DecisionPage'),
});

export const reviewRoutes = [inbox, delegations, decision] as const;
