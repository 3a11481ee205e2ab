import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SignedIn } from '../api/session.tsx';
import { Missing } from './missing.tsx';
import { Shell } from './shell.tsx';

const inside = (content: ReactNode) => (
  <SignedIn>
    <Shell>{content}</Shell>
  </SignedIn>
);

export const root = createRootRoute({ notFoundComponent: () => inside(<Missing />) });

/** Parent of every screen that somebody must be signed in for. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: () => inside(<Outlet />),
});
