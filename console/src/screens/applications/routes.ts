import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';

const list = createRoute({
  getParentRoute: () => shell,
  path: '/applications',
  component: lazyRouteComponent(() => import('./list.tsx'), 'ApplicationList'),
});

const detail = createRoute({
  getParentRoute: () => shell,
  path: '/applications/$id',
  component: lazyRouteComponent(() => import('./detail.tsx'), 'ApplicationDetail'),
});

export const applicationRoutes = [list, detail] as const;
