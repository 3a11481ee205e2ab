import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';
import { historySearch } from './search.ts';

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/history',
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import('./approvals.tsx'), 'ApprovalHistory'),
});

const trail = createRoute({
  getParentRoute: () => shell,
  path: '/history/$id',
  component: lazyRouteComponent(() => import('./trail.tsx'), 'TrailPage'),
});

export const historyRoutes = [approvals, trail] as const;
