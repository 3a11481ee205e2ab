import { useTranslations } from 'use-intl';
import { useSession } from '../../api/session.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Card } from '../../components/page.tsx';
import styles from './detail.module.css';

/** The public half of a key, and where the other one is. */
export function Pair({ apiKey }: { apiKey: string }) {
  const t = useTranslations('keys.facts');
  const { service } = useSession();
  return (
    <Card title={t('pair')}>
      <dl className={styles.pair}>
        <div>
          <dt>{t('apiKey')}</dt>
          <dd className={styles.apiKey}>
            <code>{apiKey}</code>
            <CopyButton text={apiKey} />
          </dd>
        </div>
        <div>
          <dt>{t('secret')}</dt>
          <dd>{t(service.delivery === 'link' ? 'secretByLink' : 'secretInMail')}</dd>
        </div>
      </dl>
    </Card>
  );
}
