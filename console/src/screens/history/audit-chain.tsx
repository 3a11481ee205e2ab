import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { api } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Refused } from '../../components/outcomes.tsx';
import { Ago } from '../../components/time.tsx';
import styles from './audit-chain.module.css';

/** Whether the trail that all of this is read from has been left as it was written: every row is walked through for it. */
export function AuditChain() {
  const t = useTranslations('history.chain');
  const { data, error, isFetching, refetch } = api.useQuery(
    'get',
    '/v1/audit/verification',
    {},
    // It reads every row, so not each visit asks for it.
    { staleTime: 10 * 60_000, refetchOnWindowFocus: false },
  );
  const again = (
    <Button size="small" isPending={isFetching} onPress={() => void refetch()}>
      {t('again')}
    </Button>
  );
  if (error) return <Refused error={error} />;
  if (data && !data.intact) {
    return (
      <Notice tone="bad" title={t('broken')} actions={again}>
        <ul>
          {data.findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
        <small>{t.rich('checked', { ago: () => <Ago at={data.checkedAt} /> })}</small>
      </Notice>
    );
  }
  return (
    <section className={styles.chain} aria-label={t('title')}>
      {data ? <ShieldCheck className={styles.good} aria-hidden /> : <ShieldAlert aria-hidden />}
      <div className={styles.words}>
        <output className={styles.said}>{data ? t('intact') : t('checking')}</output>
        {data && (
          <small>
            {t('facts', { rows: data.rows ?? 0, checkpoints: data.checkpoints ?? 0 })} ·{' '}
            {t.rich('checked', { ago: () => <Ago at={data.checkedAt} /> })}
          </small>
        )}
        {data?.head && (
          <small className={styles.head}>
            {t('head')} <code>{data.head}</code>
          </small>
        )}
      </div>
      {again}
    </section>
  );
}
