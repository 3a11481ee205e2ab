import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, rest, type Schemas } from '../../api/client.ts';
import { violationsOf } from '../../api/problem.ts';
import { tell } from '../../components/toasts.ts';

/** What may be done to a key, as the API names it: the address below the key's own. */
export type Act = Schemas['Key']['actions'][number];

/** Something of a key that can be asked for here. */
export type Asked = Act | 'dgrk';

type Outcome = Promise<{ data?: Schemas['KeyActOutcome'] }>;
type Sent = {
  params: { path: { id: string }; header: { 'idempotency-key': string } };
  body: { comment?: string };
};

const posts: Record<Exclude<Act, 'rotation'>, (sent: Sent) => Outcome> = {
  'rotation/completion': (sent) => rest.POST('/v1/keys/{id}/rotation/completion', sent),
  suspension: (sent) => rest.POST('/v1/keys/{id}/suspension', sent),
  resumption: (sent) => rest.POST('/v1/keys/{id}/resumption', sent),
  revocation: (sent) => rest.POST('/v1/keys/{id}/revocation', sent),
  leak: (sent) => rest.POST('/v1/keys/{id}/leak', sent),
  reissue: (sent) => rest.POST('/v1/keys/{id}/reissue', sent),
};

/** How long the secret before a new one stays valid: a duration (7d), or until it is not used for some days. */
export type Grace = { grace: string } | { until: 'unused'; unusedDays: number };

/**
 * Does things to a key. What is on the page changes only to what the server answered; a repetition after a lost answer does it
 * once. `violations` says which field was refused.
 */
export function useActing(id: string) {
  const t = useTranslations('keys.acts');
  const queries = useQueryClient();
  const [retry] = useState(() => crypto.randomUUID());
  const [violations, setViolations] = useState<Record<string, string>>({});
  const params = { path: { id }, header: { 'idempotency-key': retry } };

  async function settle(key: Schemas['Key'], done: string): Promise<void> {
    queries.setQueryData(
      api.queryOptions('get', '/v1/keys/{id}', { params: { path: { id } } }).queryKey,
      key,
    );
    tell(done);
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['get', '/v1/keys/{id}/trail'] }),
      queries.invalidateQueries({ queryKey: ['get', '/v1/keys'] }),
    ]);
  }

  async function attempt(post: () => Outcome, done: string): Promise<void> {
    setViolations({});
    try {
      const { data } = await post();
      if (!data) throw new Error('an outcome has a body');
      await settle(data.key, data.outcome === 'recorded' ? done : t('accepted'));
    } catch (error) {
      setViolations(violationsOf(error));
      throw error;
    }
  }

  return {
    violations,
    act: (act: Exclude<Act, 'rotation'>, done: string, comment = '') =>
      attempt(() => posts[act]({ params, body: comment.trim() ? { comment } : {} }), done),
    rotate: (grace: Grace) =>
      attempt(() => rest.POST('/v1/keys/{id}/rotation', { params, body: grace }), t('rotate.done')),
    async limitDgrk(until: string | null): Promise<void> {
      const { data } = await rest.PUT('/v1/keys/{id}/dgrk', { params: { path: { id } }, body: { until } });
      if (data) await settle(data, t('dgrk.done'));
    },
  };
}
