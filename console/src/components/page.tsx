import type { ReactNode } from 'react';
import styles from './page.module.css';
import { useTitle } from './title.ts';

/** A screen: its heading, what can be done about the whole of it, and its content. Names the browser's tab, too. */
export function Page({
  title,
  lead,
  above,
  actions,
  children,
  width = 'wide',
}: {
  title: string;
  lead?: ReactNode;
  /** A way back, over the title. */
  above?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** text: for forms and reading. */
  width?: 'wide' | 'text';
}) {
  useTitle(title);
  return (
    <div className={[styles.page, styles[width]].join(' ')}>
      {above}
      <header className={styles.header}>
        <div className={styles.heading}>
          <h1>{title}</h1>
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a screen, on a surface of its own. */
export function Card({
  title,
  actions,
  children,
}: {
  title?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.card}>
      {(title || actions) && (
        <div className={styles.cardHeader}>
          {title && <h2>{title}</h2>}
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
