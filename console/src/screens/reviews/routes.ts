import { createRoute } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';
import { screen } from '../../shell/screen.ts';

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/reviews',
  component: screen(() => import('./inbox.tsx'), 'ReviewInbox'),
});

const delegations = createRoute({
  getParentRoute: () => shell,
  path: '/reviews/delegations',
  component: screen(() => import('./delegations.tsx'), 'Delegations'),
});

/** Where the mails that ask for a decision lead. */
const decision = createRoute({
  getParentRoute: () => shell,
  path: '/reviews/$id',
  component: screen(() => import('./decision.tsx'), 'DecisionPage'),
});

export const reviewRoutes = [inbox, delegations, decision] as const;
