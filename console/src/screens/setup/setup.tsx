import { Link, Outlet } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useHasRole } from '../../api/session.tsx';
import { Blank } from '../../components/outcomes.tsx';
import { Page } from '../../components/page.tsx';
import { setup } from '../../i18n/en/setup.ts';
import { ScreenWords } from '../../i18n/screen-words.tsx';
import styles from './setup.module.css';

const parts = ['clients', 'apis', 'people', 'flows', 'mail'] as const;

/** What admins keep, each part on a page of its own. */
export function Setup() {
  return (
    <ScreenWords words={{ setup }}>
      <Parts />
    </ScreenWords>
  );
}

function Parts() {
  const t = useTranslations('setup');
  const forbidden = useTranslations('common.failed');
  const isAdmin = useHasRole('admin');
  return (
    <Page title={t('title')} lead={t('lead')}>
      {isAdmin ? (
        <>
          <nav className={styles.parts} aria-label={t('title')}>
            {parts.map((part) => (
              <Link
                key={part}
                to={`/setup/${part}`}
                className={styles.part}
                activeProps={{ 'data-current': true, 'aria-current': 'page' }}
              >
                {t(`parts.${part}`)}
              </Link>
            ))}
          </nav>
          <Outlet />
        </>
      ) : (
        <Blank icon={<Lock aria-hidden />} title={forbidden('forbiddenTitle')}>
          {forbidden('forbidden')}
        </Blank>
      )}
    </Page>
  );
}
