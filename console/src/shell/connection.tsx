import { onlineManager } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import styles from './shell.module.css';

/** Says over everything that there is no connection, for as long as there is none. */
export function Connection() {
  const t = useTranslations('shell');
  const isOnline = useSyncExternalStore(
    (watcher) => onlineManager.subscribe(watcher),
    () => onlineManager.isOnline(),
  );
  return (
    <output className={styles.connection}>
      {!isOnline && (
        <p className={styles.offline}>
          <CloudOff aria-hidden /> {t('offline')}
        </p>
      )}
    </output>
  );
}
