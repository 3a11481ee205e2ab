import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { rest, type Schemas } from '../../api/client.ts';
import { ProblemError } from '../../api/problem.ts';
import { retryKey } from '../../api/retry-key.ts';
import { tell } from '../../components/toasts.ts';
import { applicationQuery } from './live.ts';

type Outcome = Schemas['DecisionOutcome'];

/** What is sent about an application, with the key under which it is sent again if no answer comes. */
type Send = (params: {
  path: { id: string };
  header: { 'idempotency-key': string };
}) => Promise<{ data?: Outcome }>;

/** What can be asked for with a comment alone, and where. */
const paths = {
  withdraw: '/v1/applications/{id}/withdrawal',
  hold: '/v1/applications/{id}/hold',
  release: '/v1/applications/{id}/release',
  recall: '/v1/applications/{id}/recall',
  resend: '/v1/applications/{id}/resend',
} as const;
export type PlainAct = keyof typeof paths;

/** Another word for the same act, where it means something else: an attempt made earlier, another link. */
export type Reworded = 'hurry' | 'resend-link';

type Told = PlainAct | Reworded | 'correct-address' | 'approve-address' | 'deny-address' | 'take-back';

/** Does something to an application: shows what the server answered, and says that it is done. Refusals are thrown. */
export function useAct(id: string) {
  const queries = useQueryClient();
  const t = useTranslations('application.done');
  const key = useRef<string>(undefined);
  return async (act: Told, send: Send): Promise<void> => {
    // The same for a second try after an answer that was lost; another once it has been answered.
    key.current ??= retryKey();
    const { data } = await send({ path: { id }, header: { 'idempotency-key': key.current } }).catch(
      (error: unknown) => {
        if (error instanceof ProblemError && error.status < 500) key.current = undefined;
        throw error;
      },
    );
    key.current = undefined;
    if (!data) return;
    queries.setQueryData(applicationQuery(id).queryKey, data.application);
    void queries.invalidateQueries({ queryKey: ['get', '/v1/applications'] });
    tell(data.outcome === 'recorded' ? t(act) : t('unknown'));
  };
}

/** Sends what needs no more than a comment. */
export function plain(act: PlainAct, comment: string): Send {
  return (params) => rest.POST(paths[act], { params, body: comment.trim() === '' ? {} : { comment } });
}
