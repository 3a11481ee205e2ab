import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';

const setup = createRoute({
  getParentRoute: () => shell,
  path: '/setup',
  component: lazyRouteComponent(() => import('./setup.tsx'), 'Setup'),
});

const start = createRoute({
  getParentRoute: () => setup,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/setup/clients' });
  },
});

const clients = createRoute({
  getParentRoute: () => setup,
  path: 'clients',
  component: lazyRouteComponent(() => import('./clients.tsx'), 'Clients'),
});

const apis = createRoute({
  getParentRoute: () => setup,
  path: 'apis',
  component: lazyRouteComponent(() => import('./apis.tsx'), 'Apis'),
});

const people = createRoute({
  getParentRoute: () => setup,
  path: 'people',
  component: lazyRouteComponent(() => import('./people.tsx'), 'People'),
});

const flows = createRoute({
  getParentRoute: () => setup,
  path: 'flows',
  component: lazyRouteComponent(() => import('./flows.tsx'), 'Flows'),
});

const flow = createRoute({
  getParentRoute: () => setup,
  path: 'flows/$id',
  component: lazyRouteComponent(() => import('./flow-editor.tsx'), 'FlowEditor'),
});

const mail = createRoute({
  getParentRoute: () => setup,
  path: 'mail',
  component: lazyRouteComponent(() => import('./mail.tsx'), 'Mail'),
});

export const setupRoutes = [setup.addChildren([start, clients, apis, people, flows, flow, mail])] as const;
