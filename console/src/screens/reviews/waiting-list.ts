import { useQueryClient } from '@tanstack/react-query';
import { api, pages } from '../../api/client.ts';

/** What waits for the person's decision, page by page, what is due first. */
export function useInbox() {
  return api.useInfiniteQuery(
    'get',
    '/v1/applications',
    { params: { query: { waitingFor: 'me' } } },
    { ...pages, refetchInterval: 60_000 },
  );
}

/** After something was decided: every list and count may be another. What is on the page is asked for again at once. */
export function useSettle() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries();
}
