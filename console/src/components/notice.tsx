import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

const icons = { info: Info, good: CircleCheck, wait: TriangleAlert, bad: CircleAlert };

/** Something to know before going on, inside a page. */
export function Notice({
  tone = 'info',
  title,
  actions,
  children,
}: {
  tone?: keyof typeof icons;
  title?: string;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={[styles.notice, styles[tone]].join(' ')} role={tone === 'bad' ? 'alert' : 'note'}>
      <Icon aria-hidden />
      <div className={styles.words}>
        {title && <strong>{title}</strong>}
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
