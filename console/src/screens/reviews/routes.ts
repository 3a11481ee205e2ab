import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/reviews',
  component: lazyRouteComponent(() => import('./inbox.tsx'), 'ReviewInbox'),
});

export const reviewRoutes = [inbox] as const;
