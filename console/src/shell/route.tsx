import { createRootRoute, createRoute } from '@tanstack/react-router';
import { SignedIn } from '../api/session.tsx';
import { Missing } from './missing.tsx';
import { Shell } from './shell.tsx';

export const root = createRootRoute({ notFoundComponent: Missing });

/** Parent of every screen that somebody must be signed in for. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: () => (
    <SignedIn>
      <Shell />
    </SignedIn>
  ),
});
