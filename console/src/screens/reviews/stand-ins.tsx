import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { serverNow } from '../../api/connection.ts';
import { useSession } from '../../api/session.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Moment } from '../../components/time.tsx';

/** The delegations that are in force now and that the person gave or got. */
export function useStandIns() {
  const { person } = useSession();
  const { data } = api.useQuery('get', '/v1/delegations', { params: { query: { open: true, limit: 200 } } });
  const now = serverNow().toISOString();
  const active = (data?.items ?? []).filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  return {
    given: active.filter(({ delegator }) => delegator.id === person.id),
    got: active.filter(({ deputy }) => deputy.id === person.id),
  };
}

/** Says over the inbox who decides for whom at the moment. */
export function StandIns() {
  const t = useTranslations('reviews.delegations');
  const { given, got } = useStandIns();
  if (given.length + got.length === 0) return null;
  return (
    <Notice
      actions={
        given.length > 0 && (
          <LinkButton to="/reviews/delegations" size="small">
            {t('list')}
          </LinkButton>
        )
      }
    >
      {got.map(({ id, delegator, endsAt }) => (
        <p key={id}>{t.rich('standIn', { name: delegator.name, until: () => <Moment at={endsAt} /> })}</p>
      ))}
      {given.map(({ id, deputy, endsAt }) => (
        <p key={id}>{t.rich('standOut', { name: deputy.name, until: () => <Moment at={endsAt} /> })}</p>
      ))}
    </Notice>
  );
}
