import { Link } from '@tanstack/react-router';
import { KeyRound, Menu as MenuIcon } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useSessionEnded } from '../api/expiry.ts';
import { useHasToasts } from '../components/toasts.ts';
import { AccountMenu } from './account-menu.tsx';
import { Connection } from './connection.tsx';
import { useSections } from './sections.tsx';
import styles from './shell.module.css';
import { useWaiting } from './waiting.ts';

/** Loaded when it is wanted: most sessions end with the page closed. */
const SessionEnded = lazy(async () => ({ default: (await import('./session-ended.tsx')).SessionEnded }));
const Toasts = lazy(async () => ({ default: (await import('../components/toast-region.tsx')).Toasts }));

/** What is around every screen: the sections, the account, and what concerns the whole page. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations('shell');
  const sections = useSections();
  const waiting = useWaiting();
  const hasEnded = useSessionEnded();
  const hasToasts = useHasToasts();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <header className={styles.bar}>
        <Link to="/applications" className={styles.brand}>
          <KeyRound aria-hidden />
          {t('product')}
        </Link>
        <div className={styles.account}>
          <AccountMenu />
        </div>
        <Button
          className={styles.toggle}
          aria-label={t('menu')}
          aria-expanded={isOpen}
          onPress={() => setOpen(!isOpen)}
        >
          <MenuIcon aria-hidden />
        </Button>
      </header>
      <nav className={styles.sections} data-open={isOpen} aria-label={t('navigation')}>
        {sections.map(({ id, path, icon }) => (
          <Link
            key={id}
            to={path}
            className={styles.section}
            activeProps={{ 'data-current': true, 'aria-current': 'page' }}
            onClick={() => setOpen(false)}
          >
            {icon}
            {t(`sections.${id}`)}
            {id === 'reviews' && waiting !== undefined && waiting > 0 && (
              <span className={styles.count} title={t('waiting', { count: waiting })}>
                {waiting > 99 ? '99+' : waiting}
              </span>
            )}
          </Link>
        ))}
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        <Connection />
        {children}
      </main>
      {hasEnded && (
        <Suspense>
          <SessionEnded />
        </Suspense>
      )}
      {hasToasts && (
        <Suspense>
          <Toasts />
        </Suspense>
      )}
    </div>
  );
}
