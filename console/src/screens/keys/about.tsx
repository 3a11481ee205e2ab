import { today } from '@internationalized/date';
import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { useSession } from '../../api/session.tsx';
import { useDates } from '../../components/dates.ts';
import { KeyValues } from '../../components/key-values.tsx';
import { Card } from '../../components/page.tsx';
import { Moment } from '../../components/time.tsx';

/** Whose a key is, how long it is valid, and where its secret is. */
export function About({ value }: { value: Schemas['Key'] }) {
  const t = useTranslations('keys.facts');
  const common = useTranslations('common');
  const { day } = useDates();
  const { service } = useSession();
  const { client, holder, effectiveOn, expiresOn, createdAt, applicationId, dgrkUntil } = value;
  const isOver = dgrkUntil !== null && dgrkUntil < today(service.timeZone).toString();
  return (
    <Card title={t('title')}>
      <KeyValues
        facts={[
          [t('client'), `${client.name} (${client.id})`],
          [t('holder'), holder.name],
          [t('validity'), common('validity', { from: day(effectiveOn), until: day(expiresOn) })],
          [t('issued'), <Moment key="at" at={createdAt} />],
          [
            t('dgrk'),
            dgrkUntil === null
              ? t('dgrkOpen')
              : t(isOver ? 'dgrkOver' : 'dgrkUntil', { day: day(dgrkUntil) }),
          ],
          [
            t('application'),
            <Link key="application" to="/applications/$id" params={{ id: applicationId }}>
              {t('theApplication')}
            </Link>,
          ],
        ]}
      />
    </Card>
  );
}
