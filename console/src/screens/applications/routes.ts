import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';

const list = createRoute({
  getParentRoute: () => shell,
  path: '/applications',
  component: lazyRouteComponent(() => import('./list.tsx'), 'ApplicationList'),
});

export const applicationRoutes = [list] as const;
