import { Send } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { useDeliveryDelay } from '../../components/delay.ts';
import { KeyValues } from '../../components/key-values.tsx';
import { Notice } from '../../components/notice.tsx';
import { Failed, Refused, Skeleton } from '../../components/outcomes.tsx';
import { Card } from '../../components/page.tsx';

/** How mails leave, as the environment of the service says it, and whether one does. */
export function ServiceSettings() {
  const t = useTranslations('setup.service');
  const common = useTranslations('common');
  const delay = useDeliveryDelay();
  const { data, error, refetch } = api.useQuery('get', '/v1/settings');
  const test = api.useMutation('post', '/v1/settings/test-mail');
  if (error) return <Failed error={error} retry={refetch} />;
  if (!data) return <Skeleton lines={3} />;
  return (
    <Card
      title={t('title')}
      actions={
        <Button
          icon={<Send aria-hidden />}
          isPending={test.isPending}
          // What is refused is told below.
          onPress={() => void test.mutateAsync({}).catch(() => {})}
        >
          {t('test')}
        </Button>
      }
    >
      <p>{t('about')}</p>
      <KeyValues
        facts={[
          [t('server'), data.mail.server ?? common('none')],
          [t('from'), data.mail.from],
          [t('delivery'), t(data.delivery)],
          [t('delay'), delay ?? t('atOnce')],
          [t('timeZone'), data.timeZone],
        ]}
      />
      {test.data && (
        <Notice
          tone={test.data.accepted ? 'good' : 'bad'}
          title={t(test.data.accepted ? 'accepted' : 'refused', { to: test.data.to })}
        >
          <code>{test.data.answer}</code>
        </Notice>
      )}
      <Refused error={test.error} />
    </Card>
  );
}
