import { createRoute, redirect } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';
import { screen } from '../../shell/screen.ts';

const setup = createRoute({
  getParentRoute: () => shell,
  path: '/setup',
  component: screen(() => import('./setup.tsx'), 'Setup'),
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
  component: screen(() => import('./clients.tsx'), 'Clients'),
});

const apis = createRoute({
  getParentRoute: () => setup,
  path: 'apis',
  component: screen(() => import('./apis.tsx'), 'Apis'),
});

const people = createRoute({
  getParentRoute: () => setup,
  path: 'people',
  component: screen(() => import('./people.tsx'), 'People'),
});

const flows = createRoute({
  getParentRoute: () => setup,
  path: 'flows',
  component: screen(() => import('./flows.tsx'), 'Flows'),
});

const flow = createRoute({
  getParentRoute: () => setup,
  path: 'flows/$id',
  component: screen(() => import('./flow-editor.tsx'), 'FlowEditor'),
});

const mail = createRoute({
  getParentRoute: () => setup,
  path: 'mail',
  component: screen(() => import('./mail.tsx'), 'Mail'),
});

export const setupRoutes = [setup.addChildren([start, clients, apis, people, flows, flow, mail])] as const;
