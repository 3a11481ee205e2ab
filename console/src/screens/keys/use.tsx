import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { Notice } from '../../components/notice.tsx';
import { Card } from '../../components/page.tsx';
import { Ago } from '../../components/time.tsx';
import { Calls } from './calls.tsx';
import styles from './detail.module.css';
import { Quota } from './quota.tsx';

/** How a key is used: its quota, its last calls by each way of signing, and the days. */
export function Use({ value }: { value: Schemas['Key'] }) {
  const t = useTranslations('keys.use');
  const never = useTranslations('keys')('never');
  const { quota, used, lastUse } = value;
  const lasts = [
    ['lastMessage', lastUse.message],
    ['lastDgrk', lastUse.dgrk],
  ] as const;
  return (
    <Card title={t('title')}>
      {quota !== -1 && used >= quota && <Notice tone="wait">{t('quotaFull')}</Notice>}
      <dl className={styles.use}>
        {quota === -1 ? (
          <div>
            <dt>{t('quota')}</dt>
            <dd>
              <Quota quota={quota} used={used} />
            </dd>
          </div>
        ) : (
          <div>
            <dt className="visually-hidden">{t('quota')}</dt>
            <dd>
              <Quota quota={quota} used={used} />
            </dd>
          </div>
        )}
        {lasts.map(([name, at]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{at ? <Ago at={at} /> : never}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('calls')}</h3>
      <Calls id={value.id} />
    </Card>
  );
}
