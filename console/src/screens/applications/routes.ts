import { createRoute } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';
import { screen } from '../../shell/screen.ts';

const list = createRoute({
  getParentRoute: () => shell,
  path: '/applications',
  component: screen(() => import('./list.tsx'), 'ApplicationList'),
});

const detail = createRoute({
  getParentRoute: () => shell,
  path: '/applications/$id',
  component: screen(() => import('./detail.tsx'), 'ApplicationDetail'),
});

export const applicationRoutes = [list, detail] as const;
