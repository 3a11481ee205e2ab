import { useTranslations } from 'use-intl';
import { api, type Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { Badge, KeyBadge } from '../../components/badge.tsx';
import { Failed, Skeleton } from '../../components/outcomes.tsx';
import { Card } from '../../components/page.tsx';
import { Day } from '../../components/time.tsx';
import styles from './client-keys.module.css';

type Application = Schemas['Application'];

/** What the client can do already, so that nobody grants twice what it has. */
export function ClientKeys({ application }: { application: Application }) {
  const t = useTranslations('reviews.decision.keys');
  const common = useTranslations('common');
  const { id: applicationId, client, keyId } = application;
  // Whose application it is sees only keys of their own; who judges it sees them all.
  const { person } = useSession();
  const { data, error, isPending, refetch } = api.useQuery(
    'get',
    '/v1/applications/{id}/client-keys',
    { params: { path: { id: applicationId } } },
    { enabled: person.id !== application.applicant.id },
  );
  if (person.id === application.applicant.id) return null;
  const keys = data?.items ?? [];
  return (
    <Card title={t('title', { client: client?.name ?? '' })}>
      {isPending ? (
        <Skeleton />
      ) : error ? (
        <Failed error={error} retry={refetch} />
      ) : keys.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <ul className={styles.keys}>
          {keys.map(({ id, name, state, quota, used, apis, effectiveOn, expiresOn }) => (
            <li key={id}>
              <div className={styles.head}>
                <strong>{name}</strong>
                <KeyBadge state={state} />
                {id === keyId && <Badge tone="info">{t('this')}</Badge>}
              </div>
              <small>
                <Day on={effectiveOn} /> – <Day on={expiresOn} /> ·{' '}
                {quota === -1 ? common('unlimited') : t('used', { used, quota })}
              </small>
              <small>{apis.map((each) => each.name).join(', ')}</small>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
