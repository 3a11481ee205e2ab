import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './detail.module.css';

/** What stands in the way, in people's own words: what the reviewer asks for, why it ended, what a submission lacks. */
export function Reasons({ application }: { application: Schemas['Application'] }) {
  const t = useTranslations('application');
  const { state, reason, refusal, violations, levels, actions } = application;
  const returnedBy = levels.flatMap(({ decisions }) => decisions).find(({ act }) => act === 'return')?.by;
  return (
    <>
      {state === 'returned' && reason && (
        <Notice tone="wait" title={returnedBy ? t('askedForBy', { name: returnedBy.name }) : t('askedFor')}>
          <p className={styles.reason}>{reason}</p>
        </Notice>
      )}
      {isEnd(state) && reason && (
        <Notice tone="info" title={t(`reason.${state}`)}>
          <p className={styles.reason}>{reason}</p>
        </Notice>
      )}
      {refusal && (
        <Notice tone="wait" title={t('refusal')}>
          <p>{refusal.message}</p>
        </Notice>
      )}
      {violations.length > 0 && actions.includes('submit') && (
        <Notice title={t('missing')}>
          <ul className={styles.missing}>
            {violations.map(({ field, message }) => (
              <li key={`${field} ${message}`}>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

function isEnd(state: Schemas['Application']['state']) {
  return state === 'rejected' || state === 'withdrawn' || state === 'lapsed' || state === 'recalled';
}
