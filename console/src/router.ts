import { createRoute, createRouter } from '@tanstack/react-router';
import { applicationRoutes } from './screens/applications/routes.ts';
import { applyRoutes } from './screens/apply/routes.ts';
import { historyRoutes } from './screens/history/routes.ts';
import { keyRoutes } from './screens/keys/routes.ts';
import { revealRoutes } from './screens/reveal/routes.ts';
import { reviewRoutes } from './screens/reviews/routes.ts';
import { setupRoutes } from './screens/setup/routes.ts';
import { tryRoutes } from './screens/try/routes.ts';
import { Broken } from './shell/broken.tsx';
import { Home } from './shell/home.tsx';
import { root, shell } from './shell/route.tsx';
import { screen } from './shell/screen.ts';
import { signedInPath } from './shell/sign-in.ts';

const start = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: Home,
});

const signedInAgain = createRoute({
  getParentRoute: () => root,
  path: signedInPath,
  component: screen(() => import('./shell/session-ended.tsx'), 'SignedInAgain'),
});

/** Every address of the console; each screen is loaded when it is first wanted. */
export const router = createRouter({
  routeTree: root.addChildren([
    shell.addChildren([
      start,
      ...applicationRoutes,
      ...applyRoutes,
      ...reviewRoutes,
      ...historyRoutes,
      ...keyRoutes,
      ...tryRoutes,
      ...revealRoutes,
      ...setupRoutes,
    ]),
    signedInAgain,
  ]),
  defaultErrorComponent: Broken,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
