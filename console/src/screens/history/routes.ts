import { createRoute } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';
import { screen } from '../../shell/screen.ts';
import { historySearch } from './search.ts';

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/history',
  validateSearch: historySearch,
  component: screen(() => import('./approvals.tsx'), 'ApprovalHistory'),
});

const trail = createRoute({
  getParentRoute: () => shell,
  path: '/history/$id',
  component: screen(() => import('./trail.tsx'), 'TrailPage'),
});

export const historyRoutes = [approvals, trail] as const;
