import { Link } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import type { Schemas } from '../../api/client.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { useDates } from '../../components/dates.ts';
import { KeyValues } from '../../components/key-values.tsx';
import { Card } from '../../components/page.tsx';
import styles from './detail.module.css';

type Application = Schemas['Application'];

/** The key that came of the application, and how its secret reaches its holder. */
export function IssuedKey({ application }: { application: Application }) {
  const t = useTranslations('application.key');
  const { key, kind } = application;
  if (!key) return null;
  return (
    <Card
      title={t('title')}
      actions={
        <Link to="/keys/$id" params={{ id: key.id }}>
          {t('page')}
        </Link>
      }
    >
      <KeyValues
        facts={[
          [
            t('apiKey'),
            <span key="key" className={styles.copied}>
              <code>{key.apiKey}</code> <CopyButton text={key.apiKey} />
            </span>,
          ],
          [t('secret'), kind === 'apply' ? <Secret key="secret" application={application} /> : undefined],
        ]}
      />
    </Card>
  );
}

function Secret({ application: { link, state } }: { application: Application }) {
  const t = useTranslations('application.key');
  const { moment } = useDates();
  if (state !== 'delivered') return t(state === 'recalled' ? 'neverMailed' : 'notMailed');
  if (!link) return t('inMail');
  const { state: stage, expiresAt, endedAt, revealedBy } = link;
  if (stage === 'open' && expiresAt) return t('link.until', { until: moment(expiresAt) });
  if (stage === 'revealed')
    return t('link.revealed', { name: revealedBy ?? '', at: endedAt ? moment(endedAt) : '' });
  return t(`link.${stage}`);
}
