import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api/client.ts';
import { useSessionEnded } from '../../api/expiry.ts';

/** After how long a stream that was refused is asked for again; one that broke off the browser opens again by itself. */
const reopenMs = 10_000;
/** Several entries are recorded at once; one look shows them all. */
const gatherMs = 100;
/** How often is looked while nothing tells of news. */
const lookMs = 15_000;

/** One application with everything about it. */
export const applicationQuery = (id: string) =>
  api.queryOptions('get', '/v1/applications/{id}', { params: { path: { id } } });

/**
 * An application that is read again as soon as something happens to it, as the stream of its timeline tells. The browser
 * resumes a broken stream after the last event that it got. While there is no stream, it is read every few seconds.
 */
export function useLiveApplication(id: string) {
  const isLive = useNews(id);
  const reading = api.useQuery(
    'get',
    '/v1/applications/{id}',
    { params: { path: { id } } },
    { refetchInterval: isLive ? false : lookMs },
  );
  return { ...reading, isLive };
}

/** Whether there is a stream; undefined until the first answer. */
function useNews(id: string): boolean | undefined {
  const queries = useQueryClient();
  const hasEnded = useSessionEnded();
  const [isLive, setLive] = useState<boolean>();
  useEffect(() => {
    if (hasEnded) return;
    let source: EventSource;
    let looking: ReturnType<typeof setTimeout> | undefined;
    let reopening: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(looking);
      looking = setTimeout(
        () => void queries.invalidateQueries({ queryKey: applicationQuery(id).queryKey }),
        gatherMs,
      );
    };
    const open = () => {
      source = new EventSource(`/v1/applications/${id}/events`);
      source.addEventListener('open', () => setLive(true));
      source.addEventListener('timeline', look);
      source.addEventListener('error', () => {
        setLive(false);
        // Says whether the session has ended, or the API is gone.
        look();
        if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, reopenMs);
      });
    };
    open();
    return () => {
      source.close();
      clearTimeout(looking);
      clearTimeout(reopening);
      setLive(undefined);
    };
  }, [id, queries, hasEnded]);
  return isLive;
}
