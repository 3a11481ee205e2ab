import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/history',
  component: lazyRouteComponent(() => import('./approvals.tsx'), 'ApprovalHistory'),
});

export const historyRoutes = [approvals] as const;
