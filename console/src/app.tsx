import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { RouterProvider as AriaLinks } from 'react-aria-components';
import { ProblemError } from './api/problem.ts';
import { Languages } from './i18n/i18n.tsx';
import type { Messages } from './i18n/messages.ts';
import { router } from './router.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What was refused is refused again; what did not arrive may arrive.
      retry: (failures, error) => !(error instanceof ProblemError && error.status < 500) && failures < 3,
    },
    mutations: { networkMode: 'always' },
  },
});

/** The whole console. */
export function App({ messages }: { messages: Messages }): ReactNode {
  return (
    <QueryClientProvider client={queries}>
      <Languages first={messages}>
        <AriaLinks navigate={(href) => void router.navigate({ href })} useHref={(href) => href}>
          <RouterProvider router={router} />
        </AriaLinks>
      </Languages>
    </QueryClientProvider>
  );
}
