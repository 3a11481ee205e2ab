import { createRoute, redirect } from '@tanstack/react-router';
import { shell } from '../../shell/route.tsx';
import { screen } from '../../shell/screen.ts';
import { keepLink, keptLink } from './link.ts';

/** Where the links in mails lead: `/reveal#<key>.<token>`. Opening it uses nothing up, whoever or whatever does. */
const reveal = createRoute({
  getParentRoute: () => shell,
  path: '/reveal',
  beforeLoad: ({ location: { hash } }) => {
    if (hash === '') return;
    keepLink(hash);
    // The token does not stay in the address, where histories and screenshots would keep it.
    throw redirect({ to: '/reveal', replace: true });
  },
  loader: () => keptLink(),
  component: screen(() => import('./reveal.tsx'), 'Reveal'),
});

export const revealRoutes = [reveal] as const;
