import { api } from '../api/client.ts';

/** How many applications wait for the person's decision; undefined while that is not known. */
export function useWaiting(): number | undefined {
  const { data } = api.useQuery('get', '/v1/inbox', {}, { refetchInterval: 60_000, staleTime: 30_000 });
  return data?.waiting;
}
