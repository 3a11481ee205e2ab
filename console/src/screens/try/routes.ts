import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';

const tryIt = createRoute({
  getParentRoute: () => shell,
  path: '/try',
  component: lazyRouteComponent(() => import('./try-it.tsx'), 'TryIt'),
});

export const tryRoutes = [tryIt] as const;
